#include <course/machinery/dates.h>

#include <ctime>

#include <fmt/format.h>

#include <cairn/base/errors.h>
#include <cairn/base/text.h>

namespace cairn::course {

using namespace std::chrono;

Day day_of(int64_t milliseconds) {
  const std::time_t seconds = static_cast<std::time_t>(milliseconds / 1000);
  std::tm local{};
  localtime_r(&seconds, &local);
  return year(local.tm_year + 1900) / month(unsigned(local.tm_mon + 1)) / day(unsigned(local.tm_mday));
}

Day today() { return day_of(duration_cast<std::chrono::milliseconds>(system_clock::now().time_since_epoch()).count()); }

std::string iso_date(Day day) {
  const year_month_day date(day);
  return fmt::format("{:04}-{:02}-{:02}", int(date.year()), unsigned(date.month()), unsigned(date.day()));
}

Day parse_date(std::string_view text) {
  bool digits = text.size() == 10 && text[4] == '-' && text[7] == '-';
  for (size_t i = 0; digits && i < 10; i++)
    if (i != 4 && i != 7) digits = text[i] >= '0' && text[i] <= '9';
  if (!digits) throw ConfigError("'" + printable(text) + "' is no date.\nHint: year-month-day, such as 2027-01-04");
  const auto number = [&](size_t at, size_t length) {
    int n = 0;
    for (size_t i = at; i < at + length; i++) n = 10 * n + (text[i] - '0');
    return n;
  };
  const year_month_day date = year(number(0, 4)) / month(unsigned(number(5, 2))) / day(unsigned(number(8, 2)));
  if (!date.ok()) throw ConfigError("there is no day '" + std::string(text) + "' in the calendar.");
  if (date.year() < year(1970) || date.year() > year(2199)) throw ConfigError("'" + std::string(text) + "' lies outside of the years 1970 to 2199.");
  return date;
}

}  // namespace cairn::course
