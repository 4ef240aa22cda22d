// Printing as NumPy prints: aligned columns, brackets by axis, long axes summarised with "...".
#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <ostream>

#include <cairn/tensor/tensor.h>

namespace cairn {

namespace {

PrintOptions options;

// "2.", "0.125", "-1.5e+10": the shortest digits that give this number back, but at most `precision` behind the point (then
// rounded from the exact value), without zeros at the end.
template <class T> std::string shortest(T v, std::chars_format format) {
  char text[512];
  auto digits_behind_point = [&](const char* end) {
    const char* point = std::find<const char*>(text, end, '.');
    return point == end ? 0 : int(std::find(point, end, 'e') - point) - 1;
  };
  char* end = std::to_chars(text, text + sizeof text, v, format).ptr;
  if (digits_behind_point(end) > options.precision) end = std::to_chars(text, text + sizeof text, v, format, options.precision).ptr;
  std::string number(text, end), exponent;
  if (const size_t e = number.find('e'); e != std::string::npos) {
    exponent = number.substr(e);
    number.resize(e);
  }
  if (number.find('.') == std::string::npos) number += '.';
  while (number.back() == '0') number.pop_back();
  return number + exponent;
}

// One way to write all shown elements of a floating tensor, so that their points stand below each other. T: float, also for the
// 16-bit types, or double.
template <class T> class FloatFormat {
 public:
  explicit FloatFormat(const std::vector<double>& shown) {
    T largest = 0, smallest = std::numeric_limits<T>::infinity();
    bool finite = false;
    for (double x : shown) {
      const T v = std::abs(T(x));
      if (!std::isfinite(v)) continue;
      finite = true;
      largest = std::max(largest, v);
      if (v != 0) smallest = std::min(smallest, v);
    }
    // Scientific where numbers have more digits than T is sure of, are tiny, or differ too much to stand below each other.
    const T many_digits = std::is_same_v<T, float> ? T(1e6) : T(1e8);
    if (largest > 0 && (largest >= many_digits || smallest < T(1e-4) || largest / smallest > T(1000))) format_ = std::chars_format::scientific;
    size_t widest_special = 0;
    for (double x : shown) {
      if (!std::isfinite(x)) {
        widest_special = std::max(widest_special, special(x).size());
        continue;
      }
      const Parts p = parts(x);
      left_ = std::max(left_, p.whole.size());
      right_ = std::max(right_, p.fraction.size());
      exponent_ = std::max(exponent_, p.exponent.size());
    }
    if (!finite) left_ = right_ = 0;
    left_ = std::max(left_ + right_ + exponent_ + 1, widest_special) - right_ - exponent_ - 1;
  }

  std::string operator()(double x) const {
    if (!std::isfinite(x)) {
      const std::string word = special(x);
      return std::string(left_ + 1 + right_ + exponent_ - word.size(), ' ') + word;
    }
    Parts p = parts(x);
    const bool scientific = exponent_ > 0;
    if (scientific) p.exponent.insert(2, exponent_ - p.exponent.size(), '0');  // after "e+"
    return std::string(left_ - p.whole.size(), ' ') + p.whole + "." + p.fraction + std::string(right_ - p.fraction.size(), scientific ? '0' : ' ') +
           p.exponent;
  }

 private:
  struct Parts {
    std::string whole, fraction, exponent;
  };  // "-1", "25", "e+10"
  Parts parts(double x) const {
    const std::string text = shortest(T(x), format_);
    const size_t point = text.find('.'), e = std::min(text.find('e'), text.size());
    return {text.substr(0, point), text.substr(point + 1, e - point - 1), text.substr(e)};
  }
  static std::string special(double x) { return std::isnan(x) ? "nan" : x < 0 ? "-inf" : "inf"; }

  std::chars_format format_ = std::chars_format::fixed;
  size_t left_ = 0, right_ = 0, exponent_ = 0;  // widths of the three parts
};

// A number alone: "2.", "1.e-05" become "2.0", "1e-05".
std::string scalar(std::string word) {
  word.erase(0, word.find_first_not_of(' '));
  const size_t point = word.find('.');
  if (point == std::string::npos) return word;
  const size_t e = word.find('e');
  if (e == std::string::npos) return point + 1 == word.size() ? word + "0" : word;
  return e == point + 1 ? word.erase(point, 1) : word;
}

class Printer {
 public:
  explicit Printer(const Array& x) : x_(x), summarise_(x.numel() > options.threshold) {
    std::vector<double> shown;
    Shape index = Shape::filled(x.rank(), 0);
    collect(index, 0, shown);
    if (x.dtype() == f64) format_all<double>(shown);
    else if (is_floating(x.dtype())) format_all<float>(shown);
    else {
      size_t width = x.dtype() == boolean ? 5 : 0;
      for (std::string& w : words_) width = std::max(width, w.size());
      for (std::string& w : words_) w.insert(0, width - w.size(), ' ');
    }
  }
  std::string str() {
    if (x_.numel() == 0) return "[]";
    if (x_.rank() == 0) return scalar(words_[0]);
    return level(0, " ", options.line_width);
  }

 private:
  template <class T> void format_all(const std::vector<double>& shown) {
    const FloatFormat<T> format(shown);
    for (double v : shown) words_.push_back(format(v));
  }
  bool cut(int axis) const { return summarise_ && x_.shape()[axis] > 2 * options.edge_items; }

  template <class F> void each_shown(int axis, F&& f) {  // f(index), -1 for "..."
    const int64_t n = x_.shape()[axis];
    if (!cut(axis)) {
      for (int64_t i = 0; i < n; i++) f(i);
      return;
    }
    for (int64_t i = 0; i < options.edge_items; i++) f(i);
    f(-1);
    for (int64_t i = n - options.edge_items; i < n; i++) f(i);
  }

  void collect(Shape& index, int axis, std::vector<double>& shown) {
    if (x_.numel() == 0) return;
    if (axis == x_.rank()) {
      int64_t offset = 0;
      for (int i = 0; i < x_.rank(); i++) offset += index[i] * x_.strides()[i];
      visit(x_.dtype(), [&](auto tag) {
        using T = decltype(tag);
        const T v = x_.ptr<T>()[offset];
        if constexpr (std::is_same_v<T, bool>) words_.push_back(v ? "True" : "False");
        else if constexpr (std::is_integral_v<T>) words_.push_back(std::to_string(v));
        else shown.push_back(double(v));
      });
      return;
    }
    each_shown(axis, [&](int64_t i) {
      if (i < 0) return;
      index[axis] = i;
      collect(index, axis + 1, shown);
    });
  }

  // The text of one bracket; `indent` is what later lines start with, `width` what a line may take.
  std::string level(int axis, const std::string& indent, int width) {
    if (axis == x_.rank()) return words_[next_++];
    const bool last_axis = axis == x_.rank() - 1;
    std::string text, line = indent, gap(size_t(std::max(0, x_.rank() - axis - 1)), '\n');
    bool first = true;
    each_shown(axis, [&](int64_t i) {
      const std::string word = i < 0 ? "..." : level(axis + 1, indent + " ", width - 1);
      if (last_axis) {
        if (!first) line += " ";
        if (line.size() > indent.size() && int(line.size() + word.size()) > width - 1) {
          line.resize(line.find_last_not_of(' ') + 1);
          text += line + "\n";
          line = indent;
        }
        line += word;
      } else {
        text += (first ? "" : gap) + indent + word;
      }
      first = false;
    });
    if (last_axis) text += line;
    return "[" + text.substr(indent.size()) + "]";
  }

  const Array& x_;
  bool summarise_;
  std::vector<std::string> words_;
  size_t next_ = 0;
};

}  // namespace

void set_print_options(const PrintOptions& o) {
  if (o.precision < 0 || o.precision > 40 || o.edge_items < 1 || o.threshold < 0 || o.line_width < 1)
    throw ConfigError("[set_print_options] precision must be 0 to 40, edge_items and line_width at least 1, threshold at least 0.");
  options = o;
}

std::string Tensor::str() const { return defined() ? Printer(array()).str() : "(undefined)"; }

std::ostream& operator<<(std::ostream& out, const Tensor& x) { return out << x.str(); }

}  // namespace cairn
