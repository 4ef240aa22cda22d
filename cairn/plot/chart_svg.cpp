// A chart as SVG: title and legend above, a pale grid, lines with rounded joints; single points as dots.
#include <cairn/plot/scale.h>

#include <algorithm>

#include <fmt/format.h>

#include <cairn/base/columns.h>

namespace cairn {
using namespace plot_detail;

namespace {

std::string escaped(const std::string& text) {
  std::string out;
  for (char c : text) switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += static_cast<unsigned char>(c) < 32 ? ' ' : c;
    }
  return out;
}

std::string hex(Colour c) { return fmt::format("#{:02x}{:02x}{:02x}", c.r, c.g, c.b); }

std::string text(double x, double y, const char* attributes, const std::string& content) {
  return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" {}>{}</text>\n", x, y, attributes, escaped(content));
}

// About how wide a line is in the font of the chart; a font's letters are not known here.
double text_width(const std::string& line) { return 7.0 * double(columns_of(line)); }

}  // namespace

std::string Chart::svg(int width, int height) const {
  width = std::max(width, 200);
  height = std::max(height, 150);
  Axes axes = axes_of(*this, std::max(2, width / 90), std::max(2, height / 60));
  double widest = 0;
  for (const Tick& t : axes.y.ticks()) widest = std::max(widest, text_width(t.text));
  double left = widest + 18 + (y_label.empty() ? 0 : 22), right = width - 22.0, top = 16, bottom = height - 30.0 - (x_label.empty() ? 0 : 20);
  if (!title.empty()) top += 24;
  bool legend = series.size() > 1 || (series.size() == 1 && !series[0].name.empty() && series[0].name != y_label);
  std::string keys;
  if (legend) {  // a row of names, continued below when it is full
    double x = left, y = top + 8;
    for (size_t i = 0; i < series.size(); i++) {
      double w = 34 + text_width(series[i].name);
      if (x > left && x + w > right) {
        x = left;
        y += 20;
      }
      keys += fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"{}\" stroke-width=\"3\"/>\n", x, y - 4, x + 18,
                          y - 4, hex(paper_colour(i)));
      keys += text(x + 24, y, "", series[i].name);
      x += w + 8;
    }
    top = y + 14;
  }
  auto px = [&](double u) { return left + u * (right - left); };
  auto py = [&](double u) { return bottom - u * (bottom - top); };

  std::string out = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" role=\"img\" "
      "font-family=\"system-ui, 'DejaVu Sans', sans-serif\" font-size=\"12\" fill=\"#495057\">\n",
      width, height);
  if (!title.empty()) out += "<title>" + escaped(title) + "</title>\n";
  out += fmt::format("<rect width=\"{}\" height=\"{}\" fill=\"#ffffff\"/>\n", width, height);
  if (!title.empty()) out += text(left, 26, "font-size=\"15\" font-weight=\"600\" fill=\"#212529\"", title);
  out += keys;
  for (const Tick& t : axes.y.ticks()) {
    out += fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"#e9ecef\"/>\n", left, py(t.at), right, py(t.at));
    out += text(left - 8, py(t.at) + 4, "text-anchor=\"end\"", t.text);
  }
  out += fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"#adb5bd\"/>\n", left, bottom, right, bottom);
  for (const Tick& t : axes.x.ticks()) {
    out += fmt::format("<line x1=\"{0:.1f}\" y1=\"{1:.1f}\" x2=\"{0:.1f}\" y2=\"{2:.1f}\" stroke=\"#adb5bd\"/>\n", px(t.at), bottom, bottom + 5);
    out += text(px(t.at), bottom + 19, "text-anchor=\"middle\"", t.text);
  }
  if (!x_label.empty()) out += text((left + right) / 2, height - 10, "text-anchor=\"middle\"", x_label);
  if (!y_label.empty())
    out +=
        fmt::format("<text transform=\"translate(18 {:.1f}) rotate(-90)\" text-anchor=\"middle\">{}</text>\n", (top + bottom) / 2, escaped(y_label));
  if (!axes.any) out += text((left + right) / 2, (top + bottom) / 2, "text-anchor=\"middle\"", "no data");
  for (size_t i = 0; i < series.size(); i++) {
    std::string colour = hex(paper_colour(i));
    bool few = series[i].x.size() <= 30;  // then every point can be seen
    for (const auto& piece : pieces_of(series[i], axes, int(right - left))) {
      std::string points;
      for (const Point& p : piece) points += fmt::format("{}{:.1f},{:.1f}", points.empty() ? "" : " ", px(p.x), py(p.y));
      if (piece.size() > 1)
        out += fmt::format(
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2\" stroke-linejoin=\"round\" stroke-linecap=\"round\"/>\n", points,
            colour);
      if (few || piece.size() == 1)
        for (const Point& p : piece) out += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"3\" fill=\"{}\"/>\n", px(p.x), py(p.y), colour);
    }
  }
  return out + "</svg>\n";
}

}  // namespace cairn
