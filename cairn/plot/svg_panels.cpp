// Grids of images and tables as SVG.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <cairn/base/text.h>
#include <cairn/plot/series.h>
#include <cairn/plot/svg.h>
#include <cairn/plot/table.h>

namespace cairn::plot::detail {
namespace {

constexpr size_t most_tiles = 256, most_caption_lines = 4;

std::string panel_title(const std::string& title, double width) {
  return title.empty() ? "" : svg_text(0, 12, cut_to_width(title, width, 14.6), "class=\"t\" font-size=\"13\" font-weight=\"600\"");
}

// How wide a tile of this panel is: whole multiples of small images, so that their pixels are squares of one size.
double tile_width(const Images& images, size_t count, double width, double gap) {
  int64_t widest = 1;
  size_t longest = 0;
  for (size_t i = 0; i < count; i++) {
    widest = std::max(widest, images.tiles[i].image.width);
    for (const std::string& line : split(images.tiles[i].caption, '\n')) longest = std::max(longest, line.size());
  }
  double wanted = images.size > 0 ? double(images.size)
                  : count <= 3    ? (count == 1   ? 420
                                     : count == 2 ? 300
                                                  : 210)
                  : longest > 0   ? std::clamp(double(longest) * 7.0, 60.0, 104.0)
                  : count > 24    ? 44
                                  : 72;
  double most = images.columns > 0 ? (width - gap * double(images.columns - 1)) / double(images.columns) : width;
  wanted = std::min(wanted, std::max(most, 8.0));
  if (double(widest) * 1.5 < wanted) wanted = double(widest) * std::max(1.0, std::floor(wanted / double(widest) + (longest ? 0.999 : 0.5)));
  return std::min(wanted, std::max(most, 8.0));
}

std::string boxes_svg(const Tile& tile, double x, double y, double scale) {
  std::string out;
  for (const Box& b : tile.boxes) {
    double left = x + b.x * scale, top = y + b.y * scale, w = b.width * scale, h = b.height * scale;
    out += svg_rect(left, top, w, h, "fill=\"none\" stroke=\"#000\" stroke-opacity=\"0.6\" stroke-width=\"4\"");
    out += svg_rect(left, top, w, h, "fill=\"none\" stroke=\"#ffd43b\" stroke-width=\"2\"");
    if (b.label.empty()) continue;
    std::string label = cut_to_width(b.label, std::max(w, 90.0), 11);
    double above = top - 16 >= y ? top - 16 : top + 1;
    out += svg_rect(left, above, text_width(label, 11) + 6, 15, "fill=\"#ffd43b\"");
    out += svg_text(left + 3, above + 11, label, "class=\"k\" font-size=\"11\"");
  }
  return out;
}

}  // namespace

Drawing draw_svg(const Images& images, double width, Theme, std::vector<std::string>& notes) {
  constexpr double gap = 8, line_height = 15;
  const size_t count = std::min(images.tiles.size(), most_tiles);
  if (count < images.tiles.size()) notes.push_back(fmt::format("the first {} of {} images are shown", count, images.tiles.size()));
  std::string out = panel_title(images.title, width);
  double top = images.title.empty() ? 0 : 22;
  if (count == 0) return {width, top + 20, out + svg_text(0, top + 14, "no images", "class=\"q\"")};

  const double tile = tile_width(images, count, width, gap);
  size_t across = images.columns > 0 ? size_t(images.columns) : size_t(std::max(1.0, std::floor((width + gap) / (tile + gap))));
  across = std::min(across, count);
  for (size_t start = 0; start < count; start += across) {
    double row_height = 0;
    size_t lines = 0;
    for (size_t i = start; i < std::min(start + across, count); i++) {
      const Image& image = images.tiles[i].image;
      if (image.width > 0) row_height = std::max(row_height, std::min(tile * double(image.height) / double(image.width), 3 * tile));
      if (!images.tiles[i].caption.empty()) lines = std::max(lines, std::min(split(images.tiles[i].caption, '\n').size(), most_caption_lines));
    }
    for (size_t i = start; i < std::min(start + across, count); i++) {
      const Tile& t = images.tiles[i];
      double x = double(i - start) * (tile + gap);
      if (t.image.width > 0 && t.image.height > 0) {
        double scale = std::min(tile / double(t.image.width), row_height / double(t.image.height));
        double w = double(t.image.width) * scale, h = double(t.image.height) * scale, left = x + (tile - w) / 2, y = top + (row_height - h) / 2;
        const double sharp = count > 64 ? 1 : 2;  // pixels kept for one of the figure
        if (scale * sharp < 1)
          out +=
              svg_image(resized(t.image, std::max<int64_t>(1, std::lround(w * sharp)), std::max<int64_t>(1, std::lround(h * sharp))), left, y, w, h);
        else out += svg_image(t.image, left, y, w, h);
        out += boxes_svg(t, left, y, scale);
      }
      if (t.caption.empty()) continue;
      std::vector<std::string> text = split(t.caption, '\n');
      for (size_t l = 0; l < std::min(text.size(), most_caption_lines); l++) {
        const char* style = l > 0 ? "q" : t.mark == Mark::right ? "good" : t.mark == Mark::wrong ? "bad" : "i";
        out += svg_text(x + tile / 2, top + row_height + line_height * double(l + 1) - 1, cut_to_width(text[l], tile + gap - 2, 11),
                        fmt::format("class=\"{}\" text-anchor=\"middle\" font-size=\"11\"", style));
      }
    }
    top += row_height + line_height * double(lines) + (start + across < count ? gap : 2);
  }
  return {width, top, std::move(out)};
}

Drawing draw_svg(const Table& table, double width, Theme, std::vector<std::string>& notes) {
  constexpr double row_height = 22, gap = 20;
  const TableCells t = cells_of(table, notes);
  std::string out = panel_title(table.title, width);
  double top = table.title.empty() ? 0 : 22;
  if (t.columns == 0) return {width, top + 20, out + svg_text(0, top + 14, "an empty table", "class=\"q\"")};
  std::vector<double> widths(t.columns, 8);
  for (const auto& row : t.rows)
    for (size_t c = 0; c < row.size(); c++) widths[c] = std::max(widths[c], text_width(row[c]) * (t.header && &row == &t.rows[0] ? 1.08 : 1));
  fit(widths, width - gap * double(t.columns - 1), 24.0);
  double all = gap * double(t.columns - 1);
  for (double w : widths) all += w;
  for (size_t r = 0; r < t.rows.size(); r++) {
    double x = 0, y = top + row_height * double(r + 1);
    for (size_t c = 0; c < t.columns; c++) {
      const bool head = t.header && r == 0;
      if (c < t.rows[r].size() && !t.rows[r][c].empty())
        out += svg_text(
            t.numeric[c] ? x + widths[c] : x, y - 7, cut_to_width(t.rows[r][c], widths[c] + 1),
            fmt::format("class=\"{}\"{}{}", head ? "t" : "i", head ? " font-weight=\"600\"" : "", t.numeric[c] ? " text-anchor=\"end\"" : ""));
      x += widths[c] + gap;
    }
    if (r + 1 < t.rows.size()) out += svg_line(0, y, all, y, t.header && r == 0 ? "class=\"a\"" : "class=\"g\"");
  }
  return {width, top + row_height * double(t.rows.size()), std::move(out)};
}

}  // namespace cairn::plot::detail
