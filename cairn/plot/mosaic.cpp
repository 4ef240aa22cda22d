// Grids of captioned images.
#include <cairn/plot/picture.h>

#include <algorithm>
#include <cmath>

#include <cairn/base/columns.h>
#include <cairn/base/text.h>

namespace cairn {
namespace {

constexpr int64_t margin = 16, gap = 12, above_caption = 5, between_lines = 3;

// A line in the middle of its cell; one that is too wide is cut.
void centred(Picture& p, const std::string& line, int64_t x, int64_t width, int64_t y, Colour c, int64_t scale) {
  int64_t letter = Picture::text_width("mm", scale) - Picture::text_width("m", scale);
  std::string text = Picture::text_width(line, scale) > width ? cut_to(Picture::spelled(line), size_t((width + scale) / letter)) : line;
  p.text(text, x + (width - Picture::text_width(text, scale)) / 2, y, c, scale);
}

// Near `wanted`, and such that the last row is as full as can be.
int64_t good_columns(int64_t count, double wanted) {
  int64_t best = std::max<int64_t>(1, std::lround(wanted));
  auto empty = [&](int64_t columns) { return (columns - count % columns) % columns; };
  for (int64_t c = int64_t(std::ceil(wanted * 0.75)); double(c) <= wanted * 1.35; c++)
    if (c > 0 && (empty(c) < empty(best) || (empty(c) == empty(best) && std::abs(double(c) - wanted) < std::abs(double(best) - wanted)))) best = c;
  return best;
}

}  // namespace

Image mosaic(const std::vector<Image>& images, const std::vector<std::string>& captions, const MosaicOptions& options) {
  const int64_t count = int64_t(images.size());
  int64_t largest_width = 1, largest_height = 1;
  size_t lines = 0;
  for (const Image& i : images) {
    largest_width = std::max(largest_width, i.width);
    largest_height = std::max(largest_height, i.height);
  }
  int64_t widest_text = 0;  // in letters of scale 2
  for (size_t i = 0; i < std::min(captions.size(), images.size()); i++) {
    if (captions[i].empty()) continue;
    auto parts = split(captions[i], '\n');
    lines = std::max(lines, parts.size());
    for (const std::string& line : parts) widest_text = std::max(widest_text, Picture::text_width(line, 2));
  }

  int64_t scale = options.scale > 0 ? options.scale : std::max<int64_t>(1, (140 + largest_width / 2) / largest_width);
  int64_t cell_width = largest_width * scale, cell_height = largest_height * scale;
  int64_t text_scale = widest_text <= cell_width * 3 / 2 ? 2 : 1;  // cells grow for large letters, up to a half
  if (text_scale == 2) cell_width = std::max(cell_width, widest_text);
  const int64_t line_height = Picture::text_height(text_scale) + between_lines;
  int64_t caption_height = lines ? above_caption + int64_t(lines) * line_height : 0;
  int64_t columns = options.columns;
  if (columns <= 0) columns = good_columns(count, std::sqrt(2.0 * double(count) * double(cell_height + caption_height) / double(cell_width)));
  columns = std::clamp<int64_t>(columns, 1, std::max<int64_t>(count, 1));
  int64_t rows = (count + columns - 1) / columns;

  int64_t title_height = options.title.empty() ? 0 : Picture::text_height(2) + gap;
  int64_t width = 2 * margin + columns * cell_width + (columns - 1) * gap;
  width = std::max(width, 2 * margin + Picture::text_width(options.title, 2));
  if (count == 0) {
    Picture empty(std::max<int64_t>(width, 200), 2 * margin + title_height + Picture::text_height(2));
    empty.text(options.title, margin, margin, colours::ink, 2);
    empty.text("no images", margin, margin + title_height, colours::grey, 2);
    return empty.image();
  }
  int64_t row_height = cell_height + caption_height;
  Picture p(width, 2 * margin + title_height + rows * row_height + (rows - 1) * gap);
  p.text(options.title, margin, margin, colours::ink, 2);
  for (int64_t i = 0; i < count; i++) {
    const Image& image = images[size_t(i)];
    int64_t x = margin + i % columns * (cell_width + gap), y = margin + title_height + i / columns * (row_height + gap);
    p.draw(image, x + (cell_width - image.width * scale) / 2, y + (cell_height - image.height * scale) / 2, scale);
    if (size_t(i) >= captions.size()) continue;
    Mark mark = size_t(i) < options.marks.size() ? options.marks[size_t(i)] : Mark::none;
    Colour c = mark == Mark::right ? colours::right : mark == Mark::wrong ? colours::wrong : colours::ink;
    y += cell_height + above_caption;
    for (const std::string& line : split(captions[size_t(i)], '\n')) {
      centred(p, line, x, cell_width, y, c, text_scale);
      y += line_height;
      c = mark == Mark::none ? colours::grey : colours::ink;  // the mark colours the first line
    }
  }
  return p.image();
}

}  // namespace cairn
