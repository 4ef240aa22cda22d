// Typed errors. Every mistake of a caller, a file or a machine is raised as one of these, at the API, before any
// kernel runs; the message says what is wrong, where, and what to do.
#pragma once

#include <stdexcept>
#include <string>

namespace cairn {

class Error : public std::runtime_error {
 public:
  explicit Error(const std::string& message) : std::runtime_error(message) {}
  // The name of the class, as `--json` prints it: "ShapeError", "FileError", ...
  virtual const char* type() const noexcept { return "Error"; }
};

#define CAIRN_ERROR(Name)                                        \
  class Name : public Error {                                    \
   public:                                                       \
    using Error::Error;                                          \
    const char* type() const noexcept override { return #Name; } \
  }

CAIRN_ERROR(ShapeError);        // shapes that do not fit the rule of an op or a layer
CAIRN_ERROR(DtypeError);        // a type that an op does not take
CAIRN_ERROR(FileError);         // missing, truncated, corrupt or unwritable files
CAIRN_ERROR(ConfigError);       // a field, flag or option out of its range or unknown
CAIRN_ERROR(StateError);        // a call at the wrong time: backward twice, write to a saved tensor, ...
CAIRN_ERROR(NumericError);      // NaN or infinity where there must be none
CAIRN_ERROR(DeviceError);       // a device that is not there
CAIRN_ERROR(UnsupportedError);  // something that is deliberately not there
CAIRN_ERROR(OutOfMemoryError);  // more memory than the machine gives
CAIRN_ERROR(IndexError);        // an index, label or axis outside its range
CAIRN_ERROR(UsageError);        // a mistyped command line: exit code 2
#undef CAIRN_ERROR

}  // namespace cairn
