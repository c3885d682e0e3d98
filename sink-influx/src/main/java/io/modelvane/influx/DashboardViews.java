package io.modelvane.influx;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.influxdb.client.domain.Axes;
import com.influxdb.client.domain.Axis;
import com.influxdb.client.domain.AxisScale;
import com.influxdb.client.domain.DashboardColor;
import com.influxdb.client.domain.DashboardQuery;
import com.influxdb.client.domain.DecimalPlaces;
import com.influxdb.client.domain.LinePlusSingleStatProperties;
import com.influxdb.client.domain.QueryEditMode;
import com.influxdb.client.domain.SingleStatViewProperties;
import com.influxdb.client.domain.TableViewProperties;
import com.influxdb.client.domain.View;
import com.influxdb.client.domain.ViewProperties;
import com.influxdb.client.domain.XYGeom;
import com.influxdb.client.domain.XYViewProperties;
import io.modelvane.influx.DashboardTemplate.Chart;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the API calls a view, made from the template's charts. */
final class DashboardViews {
  private static final Gson JSON = new Gson();

  private DashboardViews() {}

  static JsonObject view(Chart chart) {
    View view = new View();
    view.setName(chart.name());
    view.setProperties(
        switch (chart.kind()) {
          case SINGLE_STAT_PLUS_LINE -> lineAndNumber(chart);
          case SINGLE_STAT -> number(chart);
          case XY -> lines(chart);
          case TABLE -> table(chart);
        });
    return JSON.toJsonTree(view).getAsJsonObject();
  }

  /** Whether a view shows what the chart says; how it is coloured is the user's. */
  static boolean shows(JsonObject view, Chart chart) {
    return essence(view).equals(essence(view(chart)));
  }

  private static List<String> essence(JsonObject view) {
    List<String> essence = new ArrayList<>();
    if (!view.has("properties")) {
      return essence;
    }
    JsonObject properties = view.getAsJsonObject("properties");
    essence.add(text(properties.get("type")));
    essence.add(text(properties.get("note")));
    if (properties.has("queries")) {
      properties
          .getAsJsonArray("queries")
          .forEach(query -> essence.add(text(query.getAsJsonObject().get("text"))));
    }
    return essence;
  }

  static String text(@Nullable JsonElement element) {
    return element == null || element.isJsonNull() ? "" : element.getAsString();
  }

  private static ViewProperties lineAndNumber(Chart chart) {
    LinePlusSingleStatProperties view = new LinePlusSingleStatProperties();
    view.setQueries(queries(chart));
    view.setNote(chart.note());
    view.setShowNoteWhenEmpty(true);
    view.setAxes(axes());
    view.setXColumn("_time");
    view.setYColumn("_value");
    view.setPosition(LinePlusSingleStatProperties.PositionEnum.OVERLAID);
    view.setDecimalPlaces(decimals(chart));
    view.setPrefix("");
    view.setSuffix("");
    view.setColors(List.of(color(DashboardColor.TypeEnum.TEXT)));
    return view;
  }

  private static ViewProperties number(Chart chart) {
    SingleStatViewProperties view = new SingleStatViewProperties();
    view.setQueries(queries(chart));
    view.setNote(chart.note());
    view.setShowNoteWhenEmpty(true);
    view.setDecimalPlaces(decimals(chart));
    view.setPrefix("");
    view.setTickPrefix("");
    view.setSuffix("");
    view.setTickSuffix("");
    view.setColors(List.of(color(DashboardColor.TypeEnum.TEXT)));
    return view;
  }

  private static ViewProperties lines(Chart chart) {
    XYViewProperties view = new XYViewProperties();
    view.setQueries(queries(chart));
    view.setNote(chart.note());
    view.setShowNoteWhenEmpty(true);
    view.setAxes(axes());
    view.setXColumn("_time");
    view.setYColumn("_value");
    view.setPosition(XYViewProperties.PositionEnum.OVERLAID);
    view.setGeom(XYGeom.LINE);
    view.setColors(List.of(color(DashboardColor.TypeEnum.SCALE)));
    return view;
  }

  private static ViewProperties table(Chart chart) {
    TableViewProperties view = new TableViewProperties();
    view.setQueries(queries(chart));
    view.setNote(chart.note());
    view.setShowNoteWhenEmpty(true);
    view.setTimeFormat("YYYY-MM-DD HH:mm:ss");
    view.setDecimalPlaces(decimals(chart));
    view.setFieldOptions(List.of());
    view.setColors(List.of(color(DashboardColor.TypeEnum.TEXT)));
    return view;
  }

  private static List<DashboardQuery> queries(Chart chart) {
    return chart.queries().stream()
        .map(
            text -> {
              DashboardQuery query = new DashboardQuery();
              query.setText(text);
              query.setEditMode(QueryEditMode.ADVANCED);
              query.setName("");
              return query;
            })
        .toList();
  }

  private static Axes axes() {
    Axes axes = new Axes();
    axes.setX(axis());
    axes.setY(axis());
    return axes;
  }

  private static Axis axis() {
    Axis axis = new Axis();
    axis.setScale(AxisScale.LINEAR);
    axis.setBase(Axis.BaseEnum._10);
    return axis;
  }

  private static DecimalPlaces decimals(Chart chart) {
    DecimalPlaces places = new DecimalPlaces();
    places.setIsEnforced(true);
    places.setDigits(chart.decimals());
    return places;
  }

  private static DashboardColor color(DashboardColor.TypeEnum type) {
    DashboardColor color = new DashboardColor();
    color.setId("base");
    color.setType(type);
    color.setHex("#00C9FF");
    color.setName("laser");
    color.setValue(0f);
    return color;
  }
}
