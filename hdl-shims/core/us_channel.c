/* Finds the carrier of an address: sockets are here, others in plug-ins beside the shim. */
#define _GNU_SOURCE

#include "us_channel.h"

#include "us_record.h"
#include "us_stream.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where the build put the plug-ins. */
#ifndef US_PLUGIN_DIR
#define US_PLUGIN_DIR ""
#endif

#define PATH_BYTES 4096

static bool try_load(const char *path, void **library, char *why, size_t room) {
  *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (*library == NULL) {
    const char *reason = dlerror();
    snprintf(why, room, "%.400s", reason != NULL ? reason : path);
  }
  return *library != NULL;
}

/* In the folder of UNDERSTUDY_PLUGINS if that is set; else beside the shim, then where it was built
 * (a Verilator simulation has the shim within itself). */
static void *load(const char *name, char *why, size_t room) {
  char path[PATH_BYTES];
  void *library = NULL;
  const char *folder = getenv("UNDERSTUDY_PLUGINS");
  if (folder != NULL && folder[0] != '\0') {
    snprintf(path, sizeof path, "%s/%s", folder, name);
    try_load(path, &library, why, room);
    return library;
  }
  Dl_info self;
  static const int here = 0;
  if (dladdr(&here, &self) != 0 && self.dli_fname != NULL) {
    const char *slash = strrchr(self.dli_fname, '/');
    int length = slash != NULL ? (int)(slash - self.dli_fname) : 1;
    snprintf(path, sizeof path, "%.*s/%s", length, slash != NULL ? self.dli_fname : ".", name);
    if (try_load(path, &library, why, room)) {
      return library;
    }
  }
  snprintf(path, sizeof path, "%s/%s", US_PLUGIN_DIR, name);
  try_load(path, &library, why, room);
  return library;
}

static const us_channel_table *find_plugin(const us_address *address, const char *name,
                                           us_error *error) {
  char why[512];
  void *library = load(name, why, sizeof why);
  if (library == NULL) {
    us_error_set(error, "%s: %s (expected: the plug-in %s; make -C hdl-shims builds it)",
                 address->text, why, name);
    return NULL;
  }
  /* The plug-in stays loaded: its threads may outlive a connection. */
  us_channel_plugin_function *plugin;
  *(void **)&plugin = dlsym(library, US_CHANNEL_PLUGIN_NAME);
  const us_channel_table *table = plugin != NULL ? plugin() : NULL;
  if (table == NULL || table->abi != US_CHANNEL_ABI) {
    us_error_set(error, "%s: plug-in %s: version %u (expected: %d; make -C hdl-shims builds it)",
                 address->text, name, table == NULL ? 0 : table->abi, US_CHANNEL_ABI);
    return NULL;
  }
  return table;
}

const us_channel_table *us_channel_find(const us_address *address, us_error *error) {
  switch (address->transport) {
  case US_TRANSPORT_TLS:
    return find_plugin(address, "libunderstudy_tls.so", error);
  case US_TRANSPORT_GRPC:
  case US_TRANSPORT_GRPCS:
    return find_plugin(address, "libunderstudy_grpc.so", error);
  case US_TRANSPORT_RECORD:
    return &us_record_table;
  case US_TRANSPORT_UNIX:
  case US_TRANSPORT_TCP:
    break;
  }
  return &us_stream_table;
}
