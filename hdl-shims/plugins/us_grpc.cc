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

// One that is under way; its address is its tag. gRPC takes one of a kind at a time, and one whose
// deadline has passed is still under way.
struct Operation {
  bool is_pending = false;
  bool ok = false;

  void *Begin() {
    is_pending = true;
    return this;
  }
};

class Call {
public:
  ~Call() {
    context_.TryCancel();
    auto end = Clock::now() + kDrainTime;
    if (stream_ != nullptr && Finish(end)) {
      Await(finish_, end);
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
    stream_->StartCall(start_.Begin());
    return Wait(start_, deadline, error) && (start_.ok || Ended(deadline, error));
  }

  bool Send(const uint8_t *bytes, size_t count, us_deadline deadline, us_error *error) {
    if (is_over_) {
      return Ended(deadline, error);
    }
    if (!Wait(write_, deadline, error)) {
      return false;
    }
    out_.mutable_frame()->assign(reinterpret_cast<const char *>(bytes), count);
    stream_->Write(out_, write_.Begin());
    return Wait(write_, deadline, error) && (write_.ok || Ended(deadline, error));
  }

  size_t Receive(uint8_t *bytes, size_t room, us_deadline deadline, us_error *error) {
    while (at_ == in_.frame().size()) {
      if (is_over_) {
        return Ended(deadline, error);
      }
      if (!read_.is_pending) {
        at_ = 0;
        in_.Clear();
        stream_->Read(&in_, read_.Begin());
      }
      if (!Wait(read_, deadline, error)) {
        return 0;
      }
      if (!read_.ok) {
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

  // Waits until an operation is over, if it is under way.
  bool Await(const Operation &operation, Clock::time_point end) {
    while (operation.is_pending) {
      void *tag;
      bool ok;
      if (queue_.AsyncNext(&tag, &ok, end) != grpc::CompletionQueue::GOT_EVENT) {
        return false;
      }
      auto *over = static_cast<Operation *>(tag);
      over->is_pending = false;
      over->ok = ok;
    }
    return true;
  }

  bool Wait(const Operation &operation, us_deadline deadline, us_error *error) {
    return Await(operation, At(deadline)) || TimedOut(deadline, error);
  }

  // Asks for the call's status, once; gRPC wants no other operation under way then.
  bool Finish(Clock::time_point end) {
    if (!is_over_) {
      if (!Await(start_, end) || !Await(write_, end) || !Await(read_, end)) {
        return false;
      }
      is_over_ = true;
      stream_->Finish(&status_, finish_.Begin());
    }
    return true;
  }

  // The call is over: why, as the server's status has it. Always false.
  bool Ended(us_deadline deadline, us_error *error) {
    if (!Finish(At(deadline)) || !Await(finish_, At(deadline))) {
      return TimedOut(deadline, error);
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
  Operation start_;
  Operation write_;
  Operation read_;
  Operation finish_;
  bool is_over_ = false; // its status was asked for
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
