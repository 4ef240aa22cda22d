// What a convolutional network holds and sees, as images.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <cairn/plot/colour.h>
#include <cairn/plot/views.h>

namespace cairn::plot {
namespace {

constexpr int64_t most_filters = 64, most_inputs = 12, most_maps = 64, most_rows = 16;

// A plane of values in colours, `low` and `high` the ends of the map; NaN is white.
Image coloured_plane(const double* values, int64_t height, int64_t width, double low, double high, ColourMap map) {
  Image out{width, height, 3, std::vector<uint8_t>(size_t(width * height * 3), 255)};
  for (int64_t i = 0; i < width * height; i++) {
    if (std::isnan(values[i])) continue;
    Colour c = detail::shade(map, detail::share(values[i], low, high)).on({246, 246, 246});
    out.pixels[size_t(3 * i)] = c.r;
    out.pixels[size_t(3 * i + 1)] = c.g;
    out.pixels[size_t(3 * i + 2)] = c.b;
  }
  return out;
}

double largest_size(const double* values, int64_t count) {
  double most = 0;
  for (int64_t i = 0; i < count; i++)
    if (std::isfinite(values[i])) most = std::max(most, std::abs(values[i]));
  return most > 0 ? most : 1;
}

}  // namespace

Figure filters(const Tensor& weight, const std::string& title) {
  const Shape& s = weight.shape();
  if (s.rank() != 4) throw ShapeError(fmt::format("[filters] weights of a convolution are [O, I, H, W], these are {}", s.str()));
  const int64_t outputs = s[0], inputs = s[1], height = s[2], width = s[3], plane = height * width;
  if (inputs < 1 || plane < 1 || height > max_image_side || width > max_image_side)
    throw ShapeError(fmt::format("[filters] no filters in {}", s.str()));
  const std::vector<double> w = weight.to_vector<double>();
  const int64_t shown = std::min(outputs, most_filters), planes = inputs == 3 ? 1 : std::min(inputs, most_inputs);
  Images panel{.columns = planes > 1 ? planes : 0, .size = planes > 1 ? 30 : 0};
  for (int64_t o = 0; o < std::min(shown, planes > 1 ? most_rows : shown); o++) {
    const double* filter = w.data() + o * inputs * plane;
    const double size = largest_size(filter, inputs * plane);
    if (inputs == 3) {
      Image image{width, height, 3, std::vector<uint8_t>(size_t(plane * 3))};
      for (int64_t c = 0; c < 3; c++)
        for (int64_t i = 0; i < plane; i++) {
          double v = filter[c * plane + i] / size;
          image.pixels[size_t(3 * i + c)] = std::isnan(v) ? 255 : uint8_t(std::lround(127.5 + 127.5 * std::clamp(v, -1.0, 1.0)));
        }
      panel.tiles.push_back({.image = std::move(image)});
    } else
      for (int64_t i = 0; i < planes; i++)
        panel.tiles.push_back({.image = coloured_plane(filter + i * plane, height, width, -size, size, ColourMap::diverging)});
  }
  Figure figure{.title = title};
  const int64_t rows = planes > 1 ? int64_t(panel.tiles.size()) / planes : int64_t(panel.tiles.size());
  figure.description = fmt::format("{} filters of {} x {} over {} input channels.", outputs, height, width, inputs);
  figure.note = planes > 1
                    ? fmt::format("a filter a row, an input channel a column; {} of {} filters, {} of {} inputs", rows, outputs, planes, inputs)
                    : fmt::format("{} of {} filters", rows, outputs);
  figure.note += inputs == 3 ? "; each with its own scale, grey is 0" : "; each filter with its own scale: red below 0, blue above";
  return figure.add(std::move(panel));
}

Figure activation_maps(const std::vector<std::pair<std::string, Tensor>>& layers, const std::string& title) {
  Figure figure{.title = title, .note = "a map a channel, from its smallest value (dark blue) to its largest (yellow)"};
  int64_t flat = 0;
  for (const auto& [name, given] : layers) {
    const Shape& s = given.shape();
    if (!(s.rank() == 3 || (s.rank() == 4 && s[0] == 1)))
      throw ShapeError(fmt::format("[activation_maps] the maps of '{}' are {}; they are [C, H, W], or [1, C, H, W] for one image", name, s.str()));
    const int64_t channels = s[s.rank() - 3], height = s[s.rank() - 2], width = s[s.rank() - 1], plane = height * width;
    if (height > max_image_side || width > max_image_side) throw ShapeError(fmt::format("[activation_maps] the maps of '{}' are {}", name, s.str()));
    const std::vector<double> values = given.to_vector<double>();
    Images panel{.title = fmt::format("{}: {} x {} x {}", name, channels, height, width)};
    if (channels > most_maps) panel.title += fmt::format(", the first {}", most_maps);
    for (int64_t c = 0; c < std::min(channels, most_maps) && plane > 0; c++) {
      const double* map = values.data() + c * plane;
      double low = INFINITY, high = -INFINITY;
      for (int64_t i = 0; i < plane; i++)
        if (std::isfinite(map[i])) low = std::min(low, map[i]), high = std::max(high, map[i]);
      if (!(high > low)) {  // nothing happens here: all dark
        flat++;
        high = low + 1;
      }
      panel.tiles.push_back({.image = coloured_plane(map, height, width, low, high, ColourMap::spectrum)});
    }
    figure.add(std::move(panel));
  }
  if (flat) figure.note += fmt::format("; {} map{} the same value everywhere", flat, flat == 1 ? " has" : "s have");
  return figure;
}

Image overlay(const Image& image, const Tensor& heat, double strength) {
  const Shape& s = heat.shape();
  if (s.rank() != 2 || s[0] < 1 || s[1] < 1) throw ShapeError(fmt::format("[overlay] a heat map over an image is [h, w], this is {}", s.str()));
  Image out = image.channels == 3 ? image : to_rgb(image);
  const std::vector<double> values = heat.to_vector<double>();
  double most = 0;
  for (double v : values)
    if (std::isfinite(v)) most = std::max(most, v);
  constexpr Colour orange{255, 112, 0};
  for (int64_t y = 0; y < out.height; y++)
    for (int64_t x = 0; x < out.width; x++) {
      double v = values[size_t(y * s[0] / out.height * s[1] + x * s[1] / out.width)];
      double of_heat = v > 0 && most > 0 ? strength * std::min(v / most, 1.0) : 0;
      Colour c = detail::mixed({out.at(x, y, 0), out.at(x, y, 1), out.at(x, y, 2)}, orange, of_heat);
      out.at(x, y, 0) = c.r;
      out.at(x, y, 1) = c.g;
      out.at(x, y, 2) = c.b;
    }
  return out;
}

Figure receptive_field(const Image& input, const Box& field, const Tensor& effective, const std::string& title) {
  Box box = field;
  box.label.clear();
  std::string size = fmt::format("{:g} x {:g} pixels of {} x {}", field.width, field.height, input.width, input.height);
  std::string name = field.label.empty() ? "what one output can see" : field.label;
  Images panel{.tiles = {{.image = input, .caption = name + "\n" + size, .boxes = {box}}}};
  Figure figure{.title = title, .description = name + ": " + size + "."};
  if (effective.defined()) {
    panel.tiles.push_back({.image = overlay(input, effective), .caption = "how much each pixel matters\n(orange: most)", .boxes = {box}});
    figure.description += " Beside it, how much each pixel matters to that output, as colour over the image.";
  }
  return figure.add(std::move(panel));
}

Figure worst_mistakes(std::vector<Mistake> mistakes, size_t limit, const std::string& title, size_t all) {
  std::stable_sort(mistakes.begin(), mistakes.end(), [](const Mistake& a, const Mistake& b) { return a.confidence > b.confidence; });
  all = std::max(all, mistakes.size());
  Figure figure{.title = title,
                .note = all ? fmt::format("{} of {} mistakes, the surest first", std::min(limit, mistakes.size()), all)
                            : "no mistakes: every answer was right"};
  mistakes.resize(std::min(limit, mistakes.size()));
  Images panel;
  for (Mistake& m : mistakes)
    panel.tiles.push_back({.image = std::move(m.image),
                           .caption = fmt::format("{}, {:.0f} %\nis {}", m.predicted, 100 * m.confidence, m.truth),
                           .mark = cairn::Mark::wrong});
  return figure.add(std::move(panel));
}

Image picture_of(const Images& panel) {
  std::vector<Image> images;
  std::vector<std::string> captions;
  MosaicOptions options{.columns = panel.columns, .title = panel.title};
  for (const Tile& tile : panel.tiles) {
    captions.push_back(tile.caption);
    options.marks.push_back(tile.mark);
    if (tile.boxes.empty() || tile.image.width < 1 || tile.image.height < 1) {
      images.push_back(tile.image);
      continue;
    }
    const int64_t scale = std::max<int64_t>(1, 280 / tile.image.width);  // so that a frame of one pixel stays thin
    Picture canvas(tile.image.width * scale, tile.image.height * scale);
    canvas.draw(tile.image, 0, 0, scale);
    for (const Box& b : tile.boxes) {
      auto px = [&](double v) { return int64_t(std::llround(v * double(scale))); };
      canvas.frame(px(b.x), px(b.y), px(b.width), px(b.height), {255, 212, 59});
    }
    images.push_back(canvas.image());
  }
  return mosaic(images, captions, options);
}

}  // namespace cairn::plot
