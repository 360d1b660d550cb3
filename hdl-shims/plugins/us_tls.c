/* TLS around a TCP connection: the carrier of tls: addresses. The server's certificate must be one
 * that UNDERSTUDY_TLS_CA (a PEM file; else the system's) vouches for, and name the host. A server
 * that asks for a client's certificate gets that of UNDERSTUDY_TLS_CERT and UNDERSTUDY_TLS_KEY. */
#define _POSIX_C_SOURCE 200809L

#include "us_channel.h"
#include "us_stream.h"

#include <arpa/inet.h>
#include <limits.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct us_tls {
  int fd;
  SSL_CTX *context;
  SSL *ssl;
} us_tls;

__attribute__((visibility("default"))) const us_channel_table *US_CHANNEL_PLUGIN(void);

static const char *variable(const char *name) {
  const char *text = getenv(name);
  return text != NULL && text[0] != '\0' ? text : NULL;
}

/* The oldest of OpenSSL's own errors. */
static const char *reason(const us_tls *tls) {
  long verified = tls->ssl != NULL ? SSL_get_verify_result(tls->ssl) : X509_V_OK;
  if (verified != X509_V_OK) {
    return X509_verify_cert_error_string(verified);
  }
  const char *text = ERR_reason_error_string(ERR_get_error());
  return text != NULL ? text : "refused";
}

static bool configure(us_tls *tls, us_error *error) {
  const char *ca = variable("UNDERSTUDY_TLS_CA");
  const char *certificate = variable("UNDERSTUDY_TLS_CERT");
  const char *key = variable("UNDERSTUDY_TLS_KEY");
  tls->context = SSL_CTX_new(TLS_client_method());
  if (tls->context == NULL || SSL_CTX_set_min_proto_version(tls->context, TLS1_2_VERSION) != 1) {
    return us_error_set(error, "tls: %s (expected: OpenSSL 3)", reason(tls));
  }
  SSL_CTX_set_verify(tls->context, SSL_VERIFY_PEER, NULL);
  if (ca != NULL ? SSL_CTX_load_verify_locations(tls->context, ca, NULL) != 1
                 : SSL_CTX_set_default_verify_paths(tls->context) != 1) {
    return us_error_set(error, "UNDERSTUDY_TLS_CA: %s: %s (expected: a PEM file of certificates)",
                        ca != NULL ? ca : "", reason(tls));
  }
  if (certificate != NULL && SSL_CTX_use_certificate_chain_file(tls->context, certificate) != 1) {
    return us_error_set(error, "UNDERSTUDY_TLS_CERT: %s: %s (expected: a PEM file)", certificate,
                        reason(tls));
  }
  if (key != NULL && SSL_CTX_use_PrivateKey_file(tls->context, key, SSL_FILETYPE_PEM) != 1) {
    return us_error_set(error, "UNDERSTUDY_TLS_KEY: %s: %s (expected: a PEM file)", key,
                        reason(tls));
  }
  return true;
}

/* The certificate must name the host that was asked for. */
static bool expect_host(us_tls *tls, const char *host) {
  unsigned char number[sizeof(struct in6_addr)];
  bool is_number = inet_pton(AF_INET, host, number) == 1 || inet_pton(AF_INET6, host, number) == 1;
  if (is_number) {
    return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(tls->ssl), host) == 1;
  }
  return SSL_set1_host(tls->ssl, host) == 1 && SSL_set_tlsext_host_name(tls->ssl, host) == 1;
}

/* Writing to a connection that has gone must be an error here, not the simulator's end. OpenSSL
 * writes without MSG_NOSIGNAL: the signal is blocked, and taken if it came. */
typedef struct us_quiet {
  sigset_t pipe;
  sigset_t before;
} us_quiet;

static void quiet_begin(us_quiet *quiet) {
  sigemptyset(&quiet->pipe);
  sigaddset(&quiet->pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &quiet->pipe, &quiet->before);
}

static void quiet_end(const us_quiet *quiet) {
  static const struct timespec none = {0, 0};
  if (!sigismember(&quiet->before, SIGPIPE)) {
    sigtimedwait(&quiet->pipe, NULL, &none);
  }
  pthread_sigmask(SIG_SETMASK, &quiet->before, NULL);
}

enum step { STEP_DONE, STEP_AGAIN, STEP_TIMED_OUT, STEP_CLOSED, STEP_FAILED };

/* What an operation's result asks for: waits where OpenSSL has to. */
static enum step after(us_tls *tls, int result, us_deadline deadline) {
  if (result > 0) {
    return STEP_DONE;
  }
  switch (SSL_get_error(tls->ssl, result)) {
  case SSL_ERROR_WANT_READ:
    return us_stream_wait(tls->fd, POLLIN, deadline) ? STEP_AGAIN : STEP_TIMED_OUT;
  case SSL_ERROR_WANT_WRITE:
    return us_stream_wait(tls->fd, POLLOUT, deadline) ? STEP_AGAIN : STEP_TIMED_OUT;
  case SSL_ERROR_ZERO_RETURN:
    return STEP_CLOSED;
  case SSL_ERROR_SYSCALL:
    return ERR_peek_error() == 0 ? STEP_CLOSED : STEP_FAILED;
  default:
    return STEP_FAILED;
  }
}

static bool stopped(const us_tls *tls, enum step step, us_deadline deadline, us_error *error) {
  if (step == STEP_TIMED_OUT) {
    return us_stream_timed_out(deadline, error);
  }
  if (step == STEP_CLOSED) {
    return us_error_set(error, "connection closed by the server (expected: an answer)");
  }
  const char *text = reason(tls);
  /* OpenSSL 3 calls a connection that ends without TLS's own farewell an error. */
  if (strstr(text, "unexpected eof") != NULL) {
    return us_error_set(error, "connection closed by the server (expected: an answer)");
  }
  return us_error_set(error, "connection lost: tls: %s (expected: a running server)", text);
}

static bool shake_hands(us_tls *tls, const us_address *address, us_deadline deadline,
                        us_error *error) {
  enum step step;
  do {
    ERR_clear_error();
    step = after(tls, SSL_connect(tls->ssl), deadline);
  } while (step == STEP_AGAIN);
  if (step == STEP_DONE) {
    return true;
  }
  if (step == STEP_FAILED) {
    return us_error_set(error,
                        "no server at %s: tls: %s (expected: a server whose certificate "
                        "UNDERSTUDY_TLS_CA vouches for)",
                        address->text, reason(tls));
  }
  return stopped(tls, step, deadline, error);
}

static void close_tls(void *channel) {
  us_tls *tls = channel;
  us_quiet quiet;
  quiet_begin(&quiet);
  if (tls->ssl != NULL) {
    SSL_shutdown(tls->ssl);
  }
  SSL_free(tls->ssl);
  SSL_CTX_free(tls->context);
  if (tls->fd >= 0) {
    close(tls->fd);
  }
  quiet_end(&quiet);
  free(tls);
}

static bool start(us_tls *tls, const us_address *address, us_deadline deadline, us_error *error) {
  if (!configure(tls, error)) {
    return false;
  }
  tls->fd = us_stream_connect(address, deadline, error);
  if (tls->fd < 0) {
    return false;
  }
  tls->ssl = SSL_new(tls->context);
  if (tls->ssl == NULL || SSL_set_fd(tls->ssl, tls->fd) != 1 || !expect_host(tls, address->host)) {
    return us_error_set(error, "tls: %s: %s (expected: a host's name or number)", address->host,
                        reason(tls));
  }
  us_quiet quiet;
  quiet_begin(&quiet);
  bool is_done = shake_hands(tls, address, deadline, error);
  quiet_end(&quiet);
  return is_done;
}

static void *open_tls(const us_address *address, us_deadline deadline, us_error *error) {
  us_tls *tls = calloc(1, sizeof *tls);
  if (tls == NULL) {
    us_error_set(error, "memory: connection refused");
    return NULL;
  }
  tls->fd = -1;
  if (!start(tls, address, deadline, error)) {
    close_tls(tls);
    return NULL;
  }
  return tls;
}

static bool send_tls(void *channel, const uint8_t *bytes, size_t count, us_deadline deadline,
                     us_error *error) {
  us_tls *tls = channel;
  size_t sent = 0;
  enum step step = STEP_DONE;
  us_quiet quiet;
  quiet_begin(&quiet);
  while (sent < count && (step == STEP_DONE || step == STEP_AGAIN)) {
    size_t left = count - sent;
    ERR_clear_error();
    int result = SSL_write(tls->ssl, bytes + sent, left > INT_MAX ? INT_MAX : (int)left);
    step = after(tls, result, deadline);
    sent += result > 0 ? (size_t)result : 0;
  }
  quiet_end(&quiet);
  return sent == count || stopped(tls, step, deadline, error);
}

static size_t receive_tls(void *channel, uint8_t *bytes, size_t room, us_deadline deadline,
                          us_error *error) {
  us_tls *tls = channel;
  enum step step;
  int result;
  us_quiet quiet;
  quiet_begin(&quiet);
  do {
    ERR_clear_error();
    result = SSL_read(tls->ssl, bytes, room > INT_MAX ? INT_MAX : (int)room);
    step = after(tls, result, deadline);
  } while (step == STEP_AGAIN);
  quiet_end(&quiet);
  if (step != STEP_DONE) {
    stopped(tls, step, deadline, error);
    return 0;
  }
  return (size_t)result;
}

static const us_channel_table TABLE = {US_CHANNEL_ABI, open_tls, send_tls, receive_tls, close_tls};

const us_channel_table *US_CHANNEL_PLUGIN(void) { return &TABLE; }
