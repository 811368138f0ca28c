{
  "targets": [
    {
      "target_name": "holdfast",
      "sources": [
        "src/addon/addon.cc",
        "src/addon/common.cc",
        "src/addon/process.cc",
        "src/addon/signals.cc",
        "src/addon/socket.cc",
        "src/addon/timer.cc"
      ],
      "include_dirs": ["<!(node -p \"require('node-addon-api').include_dir\")"],
      "defines": ["NAPI_VERSION=8", "NAPI_CPP_EXCEPTIONS", "NODE_ADDON_API_DISABLE_DEPRECATED", "_GNU_SOURCE"],
      "cflags_cc!": ["-fno-exceptions", "-fno-rtti", "-std=gnu++17", "-std=gnu++20"],
      "cflags_cc": [
        "-std=c++17",
        "-fexceptions",
        "-fvisibility=hidden",
        "-ffunction-sections",
        "-fdata-sections",
        "-Os",
        "-Wall",
        "-Wextra",
        "-Werror"
      ],
      "cflags!": ["-O3"],
      "ldflags": [
        "-Wl,--gc-sections",
        "-Wl,-z,relro,-z,now",
        "-Wl,--version-script=<(module_root_dir)/src/addon/exports.map"
      ]
    }
  ]
}
