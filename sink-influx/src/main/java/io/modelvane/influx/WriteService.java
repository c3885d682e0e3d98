package io.modelvane.influx;

import java.util.Map;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.HeaderMap;
import retrofit2.http.POST;
import retrofit2.http.QueryMap;
import retrofit2.http.Tag;
import retrofit2.http.Url;

/** The write call, on the client's own HTTP stack, but with bytes for a body instead of a text. */
interface WriteService {
  @POST
  Call<ResponseBody> write(
      @Url String path,
      @QueryMap Map<String, String> query,
      @HeaderMap Map<String, String> headers,
      @Tag ShortAnswer answer,
      @Body RequestBody body);
}
