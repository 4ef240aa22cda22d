// Days of the learner's calendar, as texts and as numbers.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace cairn::course {

using Day = std::chrono::sys_days;
Day today();                            // by the machine's clock and time zone
Day day_of(int64_t milliseconds);       // milliseconds since 1970, in the machine's time zone
std::string iso_date(Day day);          // "2027-01-04"
Day parse_date(std::string_view text);  // ConfigError when it is no such date: 2027-02-30, 4.1.2027, a year outside of 1970 to 2199

}  // namespace cairn::course
