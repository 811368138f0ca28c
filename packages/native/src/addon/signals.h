// Signals by sigaction handlers that write to a pipe read by the loop: Node cannot receive real-time signals.
#pragma once

#include <bitset>
#include <vector>

#include "common.h"

namespace holdfast {

// The reading end; one environment of the process has it.
class SignalWatch {
 public:
  explicit SignalWatch(Napi::Env env);
  ~SignalWatch();

  void Add(const std::bitset<65>& signals, const Napi::Function& on_signal);

 private:
  struct Listener {
    std::bitset<65> signals;
    Napi::FunctionReference on_signal;
  };

  static void OnReadable(void* self);

  Napi::Env env_;
  std::vector<Listener> listeners_;
  Descriptor read_end_;
  Descriptor write_end_;
  std::unique_ptr<Poll> poll_;
};

void DefineSignals(Napi::Env env, Napi::Object exports);

}  // namespace holdfast
