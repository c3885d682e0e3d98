package io.modelvane.influx;

import com.google.gson.JsonObject;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.PATCH;
import retrofit2.http.Path;

/**
 * Views as plain JSON, on the client's own HTTP stack. The client's types cannot read them back: it
 * tells line graphs and tables with a time format from others by a property that no server sends.
 */
interface ViewService {
  @GET("api/v2/dashboards/{dashboard}/cells/{cell}/view")
  Call<JsonObject> view(@Path("dashboard") String dashboard, @Path("cell") String cell);

  @PATCH("api/v2/dashboards/{dashboard}/cells/{cell}/view")
  Call<JsonObject> change(
      @Path("dashboard") String dashboard, @Path("cell") String cell, @Body JsonObject view);
}
