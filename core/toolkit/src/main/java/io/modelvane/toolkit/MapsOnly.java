package io.modelvane.toolkit;

import com.github.mustachejava.Binding;
import com.github.mustachejava.Code;
import com.github.mustachejava.Iteration;
import com.github.mustachejava.TemplateContext;
import com.github.mustachejava.reflect.AbstractObjectHandler;
import com.github.mustachejava.util.Wrapper;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds names in maps and nowhere else: no method of any object can be called from a template. A
 * name that is nowhere is shown as {@code (no NAME)} and counts as empty in a section.
 */
final class MapsOnly extends AbstractObjectHandler {
  /** Stands for a value that does not exist. */
  private record Missing(String name) {
    @Override
    public String toString() {
      return "(no " + name + ")";
    }
  }

  @Override
  public Wrapper find(String name, List<Object> scopes) {
    return given -> lookup(name, given);
  }

  @Override
  public Binding createBinding(String name, TemplateContext context, Code code) {
    return scopes -> lookup(name, scopes);
  }

  private static Object lookup(String name, List<Object> scopes) {
    for (int i = scopes.size() - 1; i >= 0; i--) {
      Object scope = scopes.get(i);
      if (name.equals(".")) {
        return scope;
      }
      @Nullable Object found = scope instanceof Map<?, ?> map ? within(map, name) : null;
      if (found != null) {
        return found;
      }
    }
    return new Missing(name);
  }

  /** A name with dots may be a key of its own, or lead through maps in maps. */
  private static @Nullable Object within(Map<?, ?> map, String name) {
    @Nullable Object direct = map.get(name);
    if (direct != null) {
      return direct;
    }
    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
      if (map.get(name.substring(0, dot)) instanceof Map<?, ?> inner) {
        @Nullable Object found = within(inner, name.substring(dot + 1));
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  @Override
  public Writer iterate(Iteration iteration, Writer writer, Object object, List<Object> scopes) {
    return object instanceof Missing ? writer : super.iterate(iteration, writer, object, scopes);
  }

  @Override
  public Writer falsey(Iteration iteration, Writer writer, Object object, List<Object> scopes) {
    return object instanceof Missing
        ? iteration.next(writer, object, scopes)
        : super.falsey(iteration, writer, object, scopes);
  }
}
