// Axes as SVG: title, legend, names and numbers beside the plotting area, and in it bands, bars and lines.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <cairn/plot/colour.h>
#include <cairn/plot/series.h>
#include <cairn/plot/svg.h>

namespace cairn::plot::detail {
namespace {

constexpr double slope = 0.64, slant = 0.77;  // sine and cosine of 40 degrees, by which crowded names are turned

class AxesSvg {
 public:
  AxesSvg(const Axes& axes, double width, Theme theme, std::vector<std::string>& notes)
      : axes_(axes), theme_(theme), notes_(notes), width_(width), frame_(frame_of(axes, 5, 5)), matrix_(matrix_of(axes)) {}

  Drawing draw() {
    lay_out();
    titles();
    if (!frame_.any) out_ += svg_text(area_.left + area_.width / 2, area_.top + area_.height / 2, "no data", "class=\"q\" text-anchor=\"middle\"");
    for (size_t e = 0; e < count(); e++)
      if (const Heat* heat = std::get_if<Heat>(&axes_.elements[e])) out_ += svg_heat(*heat, area_, frame_, theme_, notes_);
      else if (const Regions* regions = std::get_if<Regions>(&axes_.elements[e])) out_ += svg_regions(*regions, area_, frame_);
    y_axis();
    x_axis();
    for (size_t e = 0; e < count(); e++)
      if (const Line* line = std::get_if<Line>(&axes_.elements[e])) band(*line, colour_of(axes_, e));
    for (size_t e = 0; e < count(); e++)
      if (std::holds_alternative<Bars>(axes_.elements[e])) bars(e);
    if (has_bars_) base_line();
    for (size_t e = 0; e < count(); e++)
      if (const Line* line = std::get_if<Line>(&axes_.elements[e])) curve(*line, colour_of(axes_, e));
    points_and_arrows();
    if (scale_of_) out_ += svg_colour_scale(*scale_of_, area_.left + area_.width + 14, area_.top, std::max(area_.height, 60.0));
    notes_.insert(notes_.end(), frame_.notes.begin(), frame_.notes.end());
    double bottom = area_.top + std::max(area_.height + below_, scale_of_ ? 70.0 : 0.0);
    return {width_, bottom, std::move(out_)};
  }

 private:
  size_t count() const { return std::min(axes_.elements.size(), max_elements); }
  const Axis& across() const { return axes_.horizontal ? axes_.y : axes_.x; }  // the axis below
  const Axis& upright() const { return axes_.horizontal ? axes_.x : axes_.y; }

  void lay_out() {
    for (const Element& e : axes_.elements) has_bars_ = has_bars_ || std::holds_alternative<Bars>(e);
    for (const Element& e : axes_.elements)
      if (const Heat* heat = std::get_if<Heat>(&e); heat && heat->scale && heat->rows > 0 && heat->columns > 0) scale_of_ = heat;
    double height = axes_.height > 0 ? axes_.height : std::clamp(width_ * 0.5, 140.0, 380.0);
    double right = right_of(height);
    if (axes_.horizontal && axes_.height <= 0) {
      size_t groups = 0;
      for (const Element& e : axes_.elements) groups += std::holds_alternative<Bars>(e);
      height = std::max(60.0, double(std::max<size_t>(upright().names.size(), 1)) * (8 + 15.0 * double(std::max<size_t>(groups, 1))));
    }
    frame_ = frame_of(axes_, std::max(2, int(width_ / 90)), std::max(2, int(height / 55)));
    double left = left_of(frame_);
    double plot_width = std::max(40.0, width_ - left - right);
    if (matrix_ && matrix_->rows > 0 && matrix_->columns > 0) {  // square cells, as far as there is room
      double widest = 0;
      for (size_t i = 0; i < std::min<size_t>(matrix_->text.size(), 4096); i++) widest = std::max(widest, text_width(matrix_->text[i]) + 10);
      double cell = std::clamp(widest, matrix_->columns <= 16 ? 40.0 : 18.0, 72.0);
      plot_width = std::min(plot_width, cell * double(matrix_->columns));
      if (axes_.height <= 0) {
        double rows = double(matrix_->rows);
        height = std::clamp(plot_width / double(matrix_->columns) * rows, std::min(rows * 14, 120.0), width_ * 0.9);
      }
      frame_ = frame_of(axes_, std::max(2, int(plot_width / 60)), std::max(2, int(height / 40)));
      left = left_of(frame_);
      right = right_of(height);
      plot_width = std::min(plot_width, std::max(40.0, width_ - left - right));
    }
    if (axes_.equal && frame_.any && axes_.x.names.empty() && axes_.y.names.empty()) {
      const double shape = frame_.y.span() / frame_.x.span(), most = axes_.height > 0 ? axes_.height : std::min(480.0, width_);
      height = std::clamp(plot_width * shape, 40.0, most);
      plot_width = std::clamp(height / shape, 40.0, plot_width);
    }
    // Names below: beside each other, or turned.
    below_ = 22;
    if (!across().names.empty()) {
      double step = plot_width / double(across().names.size()), widest = 0;
      for (const std::string& n : across().names) widest = std::max(widest, text_width(n));
      if (widest > step - 6) {
        turned_ = std::min(widest, 130.0);
        double needed = turned_ * slant - step / 2 + 4;
        if (needed > left) {
          plot_width = std::min(plot_width, width_ - needed - right);
          left = needed;
        }
        below_ = turned_ * slope + 18;
      }
    }
    if (!across().label.empty()) below_ += 20;
    area_ = {left, 0, plot_width, height};
  }

  double right_of(double height) const {
    return scale_of_ ? 14 + colour_scale_width(*scale_of_, std::max(height, 60.0)) : axes_.horizontal ? 46 : 14;
  }

  double left_of(const Frame& frame) {
    names_width_ = 0;
    for (const Tick& t : frame.y.ticks()) names_width_ = std::max(names_width_, text_width(t.text));
    names_width_ = std::min(names_width_, width_ * (axes_.horizontal ? 0.42 : 0.3));
    return names_width_ + 12 + (upright().label.empty() ? 0 : 20);
  }

  void titles() {
    double y = 0;
    if (!axes_.title.empty()) {
      out_ += svg_text(area_.left, y + 12, cut_to_width(axes_.title, width_ - area_.left, 14.6), "class=\"t\" font-size=\"13\" font-weight=\"600\"");
      y += 22;
    }
    if (const std::vector<LegendEntry> legend = legend_of(axes_); !legend.empty()) {
      constexpr size_t most = 24;
      double x = area_.left;
      auto place = [&](double width) {
        if (x > area_.left && x + width > width_) x = area_.left, y += 19;
      };
      for (size_t i = 0; i < std::min(legend.size(), most); i++) {
        std::string name = cut_to_width(legend[i].name, std::min(260.0, width_ - area_.left - 26));
        double width = 26 + text_width(name);
        place(width);
        out_ += svg_key(axes_.elements[legend[i].element], legend[i], x, y + 8) + svg_text(x + 24, y + 12, name, "class=\"i\"");
        x += width + 14;
      }
      if (legend.size() > most) {
        std::string more = fmt::format("and {} more", legend.size() - most);
        place(text_width(more));
        out_ += svg_text(x, y + 12, more, "class=\"q\"");
      }
      y += 24;
    }
    area_.top = y + (y == 0 ? 8 : 4);
  }

  void y_axis() {
    const bool named = !upright().names.empty(), grid = !on_colours();
    if (!frame_.any && !named) return;
    double free = -INFINITY;  // names that would touch the one above stay away
    std::vector<Tick> ticks = frame_.y.ticks();
    std::sort(ticks.begin(), ticks.end(), [](const Tick& a, const Tick& b) { return a.at > b.at; });
    for (const Tick& t : ticks) {
      double y = area_.y(t.at);
      if (!named && grid) out_ += svg_line(area_.left, y, area_.left + area_.width, y, "class=\"g\"");
      if (y - 6 < free) continue;
      free = y + 6;
      out_ += svg_text(area_.left - 8, y + 4, cut_inside(t.text, names_width_ + 1), "class=\"i\" text-anchor=\"end\"");
    }
    if (!upright().label.empty()) {
      std::string label = cut_to_width(upright().label, std::max(area_.height + 40, 80.0));
      out_ += fmt::format("<text transform=\"translate({} {}) rotate(-90)\" class=\"i\" text-anchor=\"middle\">{}</text>\n",
                          num(area_.left - names_width_ - 18), num(area_.top + area_.height / 2), escaped(label));
    }
  }

  void x_axis() {
    const double bottom = area_.top + area_.height;
    if (!matrix_ && !axes_.horizontal && !has_bars_) out_ += svg_line(area_.left, bottom, area_.left + area_.width, bottom, "class=\"a\"");
    double free = -INFINITY;
    std::vector<Tick> ticks = frame_.x.ticks();
    std::sort(ticks.begin(), ticks.end(), [](const Tick& a, const Tick& b) { return a.at < b.at; });
    for (const Tick& t : ticks) {
      double x = area_.x(t.at), half = turned_ > 0 ? 9 : text_width(t.text) / 2 + 3;
      if (axes_.horizontal) out_ += svg_line(x, area_.top, x, bottom, "class=\"g\"");
      if (x - half < free) continue;
      free = x + half;
      if (across().names.empty() && !axes_.horizontal) out_ += svg_line(x, bottom, x, bottom + 5, "class=\"a\"");
      if (turned_ > 0)
        out_ += fmt::format("<text transform=\"translate({} {}) rotate(-40)\" class=\"i\" text-anchor=\"end\">{}</text>\n", num(x + 4),
                            num(bottom + 14), escaped(cut_inside(t.text, turned_ + 1)));
      else out_ += svg_text(x, bottom + 19, t.text, "class=\"i\" text-anchor=\"middle\"");
    }
    if (!across().label.empty())
      out_ += svg_text(area_.left + area_.width / 2, bottom + below_ - 4, cut_to_width(across().label, width_ * 0.9),
                       "class=\"i\" text-anchor=\"middle\"");
  }

  void points_and_arrows() {
    LabelRoom room(area_);
    for (size_t e = 0; e < count(); e++)
      if (const Contours* c = std::get_if<Contours>(&axes_.elements[e])) out_ += svg_contours(*c, colour_of(axes_, e), area_, frame_, room);
    for (size_t e = 0; e < count(); e++)
      if (const Arrows* a = std::get_if<Arrows>(&axes_.elements[e])) out_ += svg_arrows(*a, colour_of(axes_, e), area_, frame_, room, notes_);
      else if (const Scatter* s = std::get_if<Scatter>(&axes_.elements[e])) out_ += svg_scatter(*s, colour_of(axes_, e), area_, frame_, room, notes_);
    if (room.lost()) notes_.push_back(fmt::format("{} label{} left out: there is no room", room.lost(), room.lost() == 1 ? "" : "s"));
  }

  bool on_colours() const {
    return std::any_of(axes_.elements.begin(), axes_.elements.end(),
                       [](const Element& e) { return std::holds_alternative<Heat>(e) || std::holds_alternative<Regions>(e); });
  }

  // Where the bars begin.
  void base_line() {
    if (axes_.horizontal) {
      double x = area_.x(frame_.x.zero());
      out_ += svg_line(x, area_.top, x, area_.top + area_.height, "class=\"a\"");
    } else {
      double y = area_.y(frame_.y.zero());
      out_ += svg_line(area_.left, y, area_.left + area_.width, y, "class=\"a\"");
    }
  }

  std::string points(const Piece& piece) const {
    std::string out;
    for (const Point& p : piece) out += fmt::format("{}{:.1f},{:.1f}", out.empty() ? "" : " ", area_.x(p.x), area_.y(p.y));
    return out;
  }

  void band(const Line& line, int colour) {
    for (const Piece& outline : band_of(line, frame_, int(area_.width)))
      out_ += fmt::format("<polygon {} fill=\"currentColor\" fill-opacity=\"0.18\" points=\"{}\"/>\n", series_class(colour), points(outline));
  }

  void curve(const Line& line, int colour) {
    const bool faint = line.stroke == Stroke::faint;
    std::vector<Piece> pieces;
    if (line.stroke != Stroke::none) pieces = pieces_of(line, frame_, int(area_.width));
    for (const Piece& piece : pieces)
      if (piece.size() > 1)
        out_ += fmt::format(
            "<polyline {} points=\"{}\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"{}\"{}{} stroke-linejoin=\"round\" "
            "stroke-linecap=\"round\"/>\n",
            series_class(colour), points(piece), faint ? 1 : 2, faint ? " stroke-opacity=\"0.25\"" : "", dashes(line, colour));
    std::string heads;
    for (const ArrowLine& a : heads_of(line, pieces, area_.width / area_.height))
      heads += svg_head(area_.x(a.from.x), area_.y(a.from.y), area_.x(a.to.x), area_.y(a.to.y), 9);
    if (!heads.empty()) out_ += fmt::format("<g {} fill=\"currentColor\">\n{}</g>\n", series_class(colour), heads);
    Piece dots = dots_of(line, frame_, int(area_.width / 2), int(area_.height / 2), !has_markers(line));
    if (dots.empty()) return;
    const bool many = dots.size() > 200;
    out_ += fmt::format("<g class=\"s{}{}\" fill=\"currentColor\"{}{}>\n", colour % palette_size, on_colours() ? " o" : "",
                        many ? " fill-opacity=\"0.6\"" : "", faint ? " fill-opacity=\"0.4\"" : "");
    for (const Point& p : dots) out_ += svg_symbol(area_.x(p.x), area_.y(p.y), colour % symbols, many ? 2 : 3);
    out_ += "</g>\n";
  }

  void bars(size_t element) {
    const Bars& bars = std::get<Bars>(axes_.elements[element]);
    const bool histogram = !bars.edges.empty();
    std::vector<BarBox> boxes = bars_of(axes_, element, frame_);
    double widest = 0;  // numbers stand at all bars or at none
    for (const BarBox& b : boxes) widest = std::max(widest, text_width(number(b.value), 11));
    std::string numbers;
    out_ += fmt::format("<g {} fill=\"currentColor\"{}>\n", series_class(colour_of(axes_, element)),
                        histogram && axes_.elements.size() > 1 ? " fill-opacity=\"0.55\"" : "");
    for (const BarBox& b : boxes) {
      std::string value = number(b.value);
      double thick = (b.b - b.a) * (axes_.horizontal ? area_.height : area_.width), gap = thick > 4 ? 0.5 : 0;
      if (axes_.horizontal) {
        double y = area_.y(b.b), x = area_.x(b.low);
        out_ += svg_rect(x, y + gap, area_.x(b.high) - x, thick - 2 * gap, "rx=\"1.5\"");
        if (thick >= 11) {
          bool left = b.value < 0;
          numbers += svg_text(left ? x - 5 : area_.x(b.high) + 5, y + thick / 2 + 4, value,
                              left ? "class=\"i\" text-anchor=\"end\" font-size=\"11\"" : "class=\"i\" font-size=\"11\"");
        }
        continue;
      }
      double x = area_.x(b.a), y = area_.y(b.high), height = (b.high - b.low) * area_.height;
      out_ += svg_rect(x + gap, y, thick - 2 * gap, height, histogram ? "" : "rx=\"1.5\"");
      if (histogram || thick < widest + 2) continue;
      const bool inside = b.value < 0 && y + height + 14 > area_.top + area_.height;  // below it would stand in the names
      double at = b.value >= 0 ? y - 4 : inside ? y + height - 5 : y + height + 12;
      numbers += svg_text(x + thick / 2, at, value, fmt::format("class=\"{}\" text-anchor=\"middle\" font-size=\"11\"", inside ? "paper" : "i"));
    }
    out_ += "</g>\n" + numbers;
  }

  const Axes& axes_;
  Theme theme_;
  std::vector<std::string>& notes_;
  double width_;
  Frame frame_;
  const Heat* matrix_;
  const Heat* scale_of_ = nullptr;
  bool has_bars_ = false;
  Area area_{};
  double below_ = 0, names_width_ = 0, turned_ = 0;
  std::string out_;
};

}  // namespace

Drawing draw_svg(const Axes& axes, double width, Theme theme, std::vector<std::string>& notes) {
  if (axes.horizontal)
    if (auto fewer = first_bars(axes, notes)) return AxesSvg(*fewer, width, theme, notes).draw();
  return AxesSvg(axes, width, theme, notes).draw();
}

}  // namespace cairn::plot::detail
