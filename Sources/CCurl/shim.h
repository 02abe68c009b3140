#ifndef CCURL_SHIM_H
#define CCURL_SHIM_H
/* Typed doors to libcurl's variadic calls, which Swift cannot import. */
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
static inline CURLcode ccurl_set_long(CURL *h, CURLoption o, long v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode ccurl_set_off(CURL *h, CURLoption o, curl_off_t v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode ccurl_set_string(CURL *h, CURLoption o, const char *v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode ccurl_set_pointer(CURL *h, CURLoption o, const void *v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode ccurl_set_headers(CURL *h, struct curl_slist *v) { return curl_easy_setopt(h, CURLOPT_HTTPHEADER, v); }
static inline CURLcode ccurl_set_write(CURL *h, curl_write_callback f, void *context) {
  CURLcode c = curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, f);
  return c ? c : curl_easy_setopt(h, CURLOPT_WRITEDATA, context);
}
static inline CURLcode ccurl_set_header_write(CURL *h, curl_write_callback f, void *context) {
  CURLcode c = curl_easy_setopt(h, CURLOPT_HEADERFUNCTION, f);
  return c ? c : curl_easy_setopt(h, CURLOPT_HEADERDATA, context);
}
static inline CURLcode ccurl_set_open_socket(CURL *h, curl_opensocket_callback f, void *context) {
  CURLcode c = curl_easy_setopt(h, CURLOPT_OPENSOCKETFUNCTION, f);
  return c ? c : curl_easy_setopt(h, CURLOPT_OPENSOCKETDATA, context);
}
static inline CURLcode ccurl_get_long(CURL *h, CURLINFO i, long *v) { return curl_easy_getinfo(h, i, v); }
static inline CURLcode ccurl_get_pointer(CURL *h, CURLINFO i, void **v) { return curl_easy_getinfo(h, i, v); }
static inline CURLMcode ccurl_multi_set_long(CURLM *m, CURLMoption o, long v) { return curl_multi_setopt(m, o, v); }
static inline CURLcode ccurl_message_result(const CURLMsg *m) { return m->data.result; }
#endif
