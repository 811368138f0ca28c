// Calls about the process that Node does not offer.
#pragma once

#include "common.h"

namespace holdfast {

void DefineProcess(Napi::Env env, Napi::Object exports);

}  // namespace holdfast
