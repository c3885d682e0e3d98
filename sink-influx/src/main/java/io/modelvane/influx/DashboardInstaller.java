package io.modelvane.influx;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.influxdb.client.InfluxDBClient;
import com.influxdb.client.VariablesApi;
import com.influxdb.client.domain.Bucket;
import com.influxdb.client.domain.Cell;
import com.influxdb.client.domain.ConstantVariableProperties;
import com.influxdb.client.domain.CreateCell;
import com.influxdb.client.domain.Dashboard;
import com.influxdb.client.domain.Dashboards;
import com.influxdb.client.domain.Organization;
import com.influxdb.client.domain.QueryVariableProperties;
import com.influxdb.client.domain.QueryVariablePropertiesValues;
import com.influxdb.client.domain.Variable;
import com.influxdb.client.domain.VariableProperties;
import com.influxdb.client.service.DashboardsService;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import retrofit2.Call;
import retrofit2.Response;

/**
 * Brings bucket, variables and dashboard into an InfluxDB 2 and leaves alone what is there already:
 * installing again writes only what differs. Cells that a user added, and where cells stand, stay.
 */
final class DashboardInstaller {
  private static final int PAGE = 100;
  private static final Gson JSON = new Gson();

  private final InfluxDBClient client;
  private final Organization org;
  private final String bucket;
  private final List<String> changes = new ArrayList<>();

  DashboardInstaller(InfluxDBClient client, Organization org, String bucket) {
    this.client = client;
    this.org = org;
    this.bucket = bucket;
  }

  /** Returns what was changed, in words; nothing when all was there. */
  List<String> install(DashboardTemplate template) throws IOException {
    bucket();
    variables(template);
    Dashboard dashboard = dashboard(template);
    cells(template, dashboard);
    return List.copyOf(changes);
  }

  private void bucket() {
    if (client.getBucketsApi().findBucketByName(bucket) == null) {
      client.getBucketsApi().createBucket(new Bucket().name(bucket).orgID(org.getId()));
      changes.add("made bucket " + bucket);
    }
  }

  private void variables(DashboardTemplate template) {
    VariablesApi api = client.getVariablesApi();
    Map<String, Variable> there = new LinkedHashMap<>();
    api.findVariables(org).forEach(v -> there.put(v.getName(), v));
    for (DashboardTemplate.Variable wanted : template.variables()) {
      Variable found = there.get(wanted.name());
      VariableProperties arguments = arguments(wanted);
      if (found == null) {
        Variable fresh = new Variable();
        fresh.setName(wanted.name());
        fresh.setDescription(wanted.description());
        fresh.setOrgID(org.getId());
        fresh.setArguments(arguments);
        api.createVariable(fresh);
        changes.add("made variable " + wanted.name());
      } else if (!JSON.toJsonTree(found.getArguments()).equals(JSON.toJsonTree(arguments))) {
        found.setArguments(arguments);
        api.updateVariable(found);
        changes.add("changed variable " + wanted.name());
      }
    }
  }

  private VariableProperties arguments(DashboardTemplate.Variable wanted) {
    if (wanted.query().isEmpty()) {
      ConstantVariableProperties constant = new ConstantVariableProperties();
      constant.setValues(List.of(bucket));
      return constant;
    }
    QueryVariablePropertiesValues values = new QueryVariablePropertiesValues();
    values.setQuery(wanted.query());
    values.setLanguage("flux");
    QueryVariableProperties query = new QueryVariableProperties();
    query.setValues(values);
    return query;
  }

  private Dashboard dashboard(DashboardTemplate template) throws IOException {
    Optional<Dashboard> found = find(template.name());
    if (found.isPresent()) {
      return found.get();
    }
    Dashboard made =
        client
            .getDashboardsApi()
            .createDashboard(template.name(), template.description(), org.getId());
    changes.add("made dashboard " + template.name());
    return made;
  }

  /** Page by page: the server gives 20 unless asked, and a second of the name is not wanted. */
  private Optional<Dashboard> find(String name) throws IOException {
    DashboardsService service = client.getService(DashboardsService.class);
    for (int offset = 0; ; offset += PAGE) {
      Dashboards body =
          call(
              service.getDashboards(null, offset, PAGE, null, null, null, null, org.getId(), null));
      for (Dashboard dashboard : body.getDashboards()) {
        if (name.equals(dashboard.getName())) {
          return Optional.of(dashboard);
        }
      }
      if (body.getDashboards().size() < PAGE) {
        return Optional.empty();
      }
    }
  }

  private void cells(DashboardTemplate template, Dashboard dashboard) throws IOException {
    ViewService service = client.getService(ViewService.class);
    Map<String, String> cells = new LinkedHashMap<>();
    Map<String, JsonObject> views = new LinkedHashMap<>();
    for (Cell cell : Optional.ofNullable(dashboard.getCells()).orElse(List.of())) {
      JsonObject view = call(service.view(dashboard.getId(), cell.getId()));
      String name = DashboardViews.text(view.get("name"));
      cells.putIfAbsent(name, cell.getId());
      views.putIfAbsent(name, view);
    }
    for (DashboardTemplate.Chart chart : template.charts()) {
      JsonObject view = views.get(chart.name());
      String cell = cells.get(chart.name());
      if (view != null && DashboardViews.shows(view, chart)) {
        continue;
      }
      if (cell == null) {
        cell = client.getDashboardsApi().addCell(cell(chart), dashboard.getId()).getId();
      }
      call(service.change(dashboard.getId(), cell, DashboardViews.view(chart)));
      changes.add("wrote cell " + chart.name());
    }
  }

  private static <T> T call(Call<T> call) throws IOException {
    Response<T> response = call.execute();
    T body = response.body();
    if (!response.isSuccessful() || body == null) {
      throw new IOException(
          "%s %s was answered with %d"
              .formatted(
                  call.request().method(), call.request().url().encodedPath(), response.code()));
    }
    return body;
  }

  private static CreateCell cell(DashboardTemplate.Chart chart) {
    CreateCell cell = new CreateCell();
    cell.setName(chart.name());
    cell.setX(chart.place().x());
    cell.setY(chart.place().y());
    cell.setW(chart.place().width());
    cell.setH(chart.place().height());
    return cell;
  }
}
