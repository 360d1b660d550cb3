// Frames in a gRPC call (proto/.../crossing.proto): the carrier of grpc: and grpcs: addresses.
//
// The simulator's thread alone drives the call, one operation at a time, and waits for each with a
// deadline. A frame is a message; a message is handed out in pieces as the reader asks for it.
#include "crossing.grpc.pb.h"

#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

extern "C" {
#include "us_channel.h"
#include "us_wire.h"

__attribute__((visibility("default"))) const us_channel_table *US_CHANNEL_PLUGIN(void);
}

namespace {

using understudy::v1::CrossingService;
using understudy::v1::Frame;
using Clock = std::chrono::system_clock;

// A message is a frame with the bytes that say so.
constexpr int kMaxMessageBytes = US_WIRE_MAX_FRAME_BYTES + 64;
// How long a call that is given up may take to end.
constexpr auto kDrainTime = std::chrono::seconds(2);

bool Fail(us_error *error, const std::string &text) {
  snprintf(error->text, sizeof error->text, "%s", text.c_str());
  return false;
}

Clock::time_point At(us_deadline deadline) {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  int64_t now_ms = static_cast<int64_t>(now.tv_sec) * 1000 + now.tv_nsec / 1000000;
  return Clock::now() + std::chrono::milliseconds(std::max<int64_t>(deadline.at_ms - now_ms, 0));
}

bool TimedOut(us_deadline deadline, us_error *error) {
  return Fail(error, "no answer after " + std::to_string(deadline.timeout_ms) +
                         " ms (expected: one within UNDERSTUDY_TIMEOUT_MS)");
}

std::string Variable(const char *name) {
  const char *text = getenv(name);
  return text == nullptr ? "" : text;
}

// The file that a variable names; "" if the variable is not set.
bool ReadFile(const char *name, std::string *text, us_error *error) {
  std::string file = Variable(name);
  if (file.empty()) {
    return true;
  }
  std::ifstream in(file, std::ios::binary);
  std::stringstream all;
  all << in.rdbuf();
  *text = all.str();
  return (in.good() && !text->empty()) ||
         Fail(error, std::string(name) + ": " + file + " (expected: a PEM file)");
}

bool MakeCredentials(const us_address &address, std::shared_ptr<grpc::ChannelCredentials> *made,
                     us_error *error) {
  if (address.transport == US_TRANSPORT_GRPC) {
    *made = grpc::InsecureChannelCredentials();
    return true;
  }
  grpc::SslCredentialsOptions options;
  if (!ReadFile("UNDERSTUDY_TLS_CA", &options.pem_root_certs, error) ||
      !ReadFile("UNDERSTUDY_TLS_CERT", &options.pem_cert_chain, error) ||
      !ReadFile("UNDERSTUDY_TLS_KEY", &options.pem_private_key, error)) {
    return false;
  }
  *made = grpc::SslCredentials(options);
  return true;
}

class Call {
public:
  ~Call() {
    context_.TryCancel();
    auto end = Clock::now() + kDrainTime;
    while (pending_ > 0 && Take(end)) {
    }
    if (stream_ != nullptr && pending_ == 0 && !finished_) {
      Start();
      stream_->Finish(&status_, this);
      Take(end);
    }
    queue_.Shutdown();
    void *tag;
    bool ok;
    while (queue_.AsyncNext(&tag, &ok, end) == grpc::CompletionQueue::GOT_EVENT) {
    }
  }

  bool Open(const us_address &address, us_deadline deadline, us_error *error) {
    std::shared_ptr<grpc::ChannelCredentials> credentials;
    if (!MakeCredentials(address, &credentials, error)) {
      return false;
    }
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(kMaxMessageBytes);
    arguments.SetMaxSendMessageSize(kMaxMessageBytes);
    // A simulator's server is not reached through the web's proxy.
    arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
    // Each session has a connection of its own, so that a server that restarts is met anew.
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    std::string host = address.host;
    std::string target =
        (host.find(':') == std::string::npos ? host : "[" + host + "]") + ":" + address.port;
    auto channel = grpc::CreateCustomChannel("dns:///" + target, credentials, arguments);
    if (!Connect(*channel, address, deadline, error)) {
      return false;
    }
    std::string token = Variable("UNDERSTUDY_TOKEN");
    if (!token.empty()) {
      context_.AddMetadata("authorization", "Bearer " + token);
    }
    stub_ = CrossingService::NewStub(channel);
    stream_ = stub_->PrepareAsyncCross(&context_, &queue_);
    Start();
    stream_->StartCall(this);
    return Wait(deadline, error) && (ok_ || Ended(deadline, error));
  }

  bool Send(const uint8_t *bytes, size_t count, us_deadline deadline, us_error *error) {
    if (finished_) {
      return Ended(deadline, error);
    }
    out_.mutable_frame()->assign(reinterpret_cast<const char *>(bytes), count);
    Start();
    stream_->Write(out_, this);
    return Wait(deadline, error) && (ok_ || Ended(deadline, error));
  }

  size_t Receive(uint8_t *bytes, size_t room, us_deadline deadline, us_error *error) {
    while (at_ == in_.frame().size()) {
      if (finished_) {
        return Ended(deadline, error);
      }
      at_ = 0;
      in_.Clear();
      Start();
      stream_->Read(&in_, this);
      if (!Wait(deadline, error)) {
        return 0;
      }
      if (!ok_) {
        return Ended(deadline, error);
      }
    }
    size_t count = std::min(room, in_.frame().size() - at_);
    memcpy(bytes, in_.frame().data() + at_, count);
    at_ += count;
    return count;
  }

private:
  // Unlike gRPC's own wait this one ends with the first attempt, as a socket's does.
  static bool Connect(grpc::Channel &channel, const us_address &address, us_deadline deadline,
                      us_error *error) {
    auto end = At(deadline);
    for (;;) {
      grpc_connectivity_state state = channel.GetState(true);
      if (state == GRPC_CHANNEL_READY) {
        return true;
      }
      if (state == GRPC_CHANNEL_TRANSIENT_FAILURE || state == GRPC_CHANNEL_SHUTDOWN) {
        return Fail(error, std::string("no server at ") + address.text +
                               ": no connection (expected: a running server" +
                               (address.transport == US_TRANSPORT_GRPCS
                                    ? " whose certificate UNDERSTUDY_TLS_CA vouches for)"
                                    : ")"));
      }
      if (!channel.WaitForStateChange(state, end)) {
        return Fail(error, std::string("no server at ") + address.text +
                               ": no connection in time (expected: a running server)");
      }
    }
  }

  void Start() { pending_++; }

  bool Take(Clock::time_point end) {
    void *tag;
    if (queue_.AsyncNext(&tag, &ok_, end) != grpc::CompletionQueue::GOT_EVENT) {
      return false;
    }
    pending_--;
    return true;
  }

  bool Wait(us_deadline deadline, us_error *error) {
    return Take(At(deadline)) || TimedOut(deadline, error);
  }

  // The call is over: why, as the server's status has it. Always false.
  bool Ended(us_deadline deadline, us_error *error) {
    if (!finished_) {
      Start();
      stream_->Finish(&status_, this);
      if (!Wait(deadline, error)) {
        return false;
      }
      finished_ = true;
    }
    if (status_.ok() || status_.error_code() == grpc::StatusCode::UNAVAILABLE ||
        status_.error_code() == grpc::StatusCode::CANCELLED) {
      return Fail(error, "connection closed by the server (expected: an answer)");
    }
    return Fail(error, "server: " + status_.error_message() + " (gRPC status " +
                           std::to_string(status_.error_code()) + ")");
  }

  grpc::CompletionQueue queue_;
  grpc::ClientContext context_;
  std::unique_ptr<CrossingService::Stub> stub_;
  std::unique_ptr<grpc::ClientAsyncReaderWriter<Frame, Frame>> stream_;
  Frame out_;
  Frame in_;
  size_t at_ = 0; // bytes of in_ that were handed out
  int pending_ = 0;
  bool ok_ = false;
  bool finished_ = false;
  grpc::Status status_;
};

void *OpenCall(const us_address *address, us_deadline deadline, us_error *error) {
  auto call = std::make_unique<Call>();
  return call->Open(*address, deadline, error) ? call.release() : nullptr;
}

bool SendFrame(void *channel, const uint8_t *bytes, size_t count, us_deadline deadline,
               us_error *error) {
  return static_cast<Call *>(channel)->Send(bytes, count, deadline, error);
}

size_t ReceiveBytes(void *channel, uint8_t *bytes, size_t room, us_deadline deadline,
                    us_error *error) {
  return static_cast<Call *>(channel)->Receive(bytes, room, deadline, error);
}

void CloseCall(void *channel) { delete static_cast<Call *>(channel); }

const us_channel_table kTable = {US_CHANNEL_ABI, OpenCall, SendFrame, ReceiveBytes, CloseCall};

} // namespace

const us_channel_table *US_CHANNEL_PLUGIN(void) { return &kTable; }
