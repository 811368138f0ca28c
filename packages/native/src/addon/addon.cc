// The module: sockets, timers, signals and process calls. Nothing here decides or parses.
#include "common.h"
#include "process.h"
#include "signals.h"
#include "socket.h"
#include "timer.h"

namespace {

Napi::Object Init(Napi::Env env, Napi::Object exports) {
  env.SetInstanceData(new holdfast::Environment(env));
  exports.Set("Socket", holdfast::Socket::Define(env));
  exports.Set("Timer", holdfast::Timer::Define(env));
  holdfast::DefineSignals(env, exports);
  holdfast::DefineProcess(env, exports);
  return exports;
}

}  // namespace

NODE_API_MODULE(holdfast, Init)
