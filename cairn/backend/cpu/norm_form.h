// How batch norm sees memory: items that are computed apart from each other, each one unit (16 elements) wide.
//
//   blocked  an item is a block of channels; from pixel to pixel is one unit (two pixels, when blocks have 8 channels)
//   runs     an item is one channel, whose pixels lie side by side
//
// Where an item has little in each row, several, 32 KiB of them at most, are swept together, so that memory is read in long stretches: a bundle.
// An item is cut into pieces of at most 512 units, whose sums may be f32 without losing digits, and up to 8 pieces make a part. Both depend on
// the shape alone, and sums of parts are added in order: any number of threads gives the same bits.
#pragma once

#include <algorithm>

#include <cairn/backend/cpu/norm_loops.h>
#include <cairn/tensor/layout.h>

namespace cairn::cpu {

class NormForm {
 public:
  static constexpr int64_t piece_units = 512, stretch = 32768, most_together = 64, least_parts = 4;

  // x: blocked, or row-major [N, C, ...].
  explicit NormForm(const Array& x) {
    const int64_t N = x.size(0), pixels = x.numel() == 0 ? 0 : x.numel() / N / x.size(1);
    channels = x.size(1);
    dtype = x.dtype();
    if (x.blocked()) {
      width_ = block_of(x.layout());
      items = (channels + width_ - 1) / width_;
      set_rows(N, pixels * width_, items * pixels * width_, pixels * width_);
    } else {
      width_ = 1;
      items = channels;
      set_rows(N, pixels, channels * pixels, pixels);
    }
    const int64_t in_row = whole_.units + (whole_.tail > 0);
    rows_in_piece_ = std::max<int64_t>(1, piece_units / std::max<int64_t>(1, in_row));
    pieces_of_row_ = in_row > piece_units ? (in_row + piece_units - 1) / piece_units : 1;
    pieces = pieces_of_row_ > 1 ? whole_.rows * pieces_of_row_ : (whole_.rows + rows_in_piece_ - 1) / rows_in_piece_;
    pieces_in_part_ = std::clamp<int64_t>(pieces / least_parts, 1, 8);
    parts = (pieces + pieces_in_part_ - 1) / pieces_in_part_;
    together = std::clamp<int64_t>(stretch / std::max<int64_t>(1, in_row * unit * size_of(dtype)), 1, std::min(items, most_together));
    bundles = (items + together - 1) / together;
    // Stores past the caches want whole lines: no short units, every row aligned.
    aligned = whole_.tail == 0;
    elements = x.numel() == 0 ? 0 : whole_.rows * (whole_.units * unit + whole_.tail);
  }

  int64_t channels, items, together, bundles, pieces, parts;
  int64_t elements;  // of an item
  DType dtype;
  bool aligned;

  // How many different channels a unit has: lane i belongs to the same as lane i + width.
  int64_t width() const { return width_; }
  // The channel of a lane; -1 for padding.
  int64_t channel(int64_t item, int64_t lane) const {
    const int64_t c = item * width_ + lane % width_;
    return c < channels ? c : -1;
  }

  int64_t first_item(int64_t bundle) const { return bundle * together; }
  int64_t items_in(int64_t bundle) const { return std::min(together, items - bundle * together); }

  // A piece of a bundle: what to sweep, and where it begins in an array of this form.
  struct Range {
    Sweep sweep;
    int64_t offset, row, item;  // in elements
    Place place(const Array& lanes) const { return {static_cast<std::byte*>(lanes.raw()) + offset * size_of(lanes.dtype()), row, item}; }
    // Numbers of each of the `width` channels.
    int64_t count(int64_t width) const { return sweep.rows * (sweep.units * unit + sweep.tail) / width; }
  };
  Range piece(int64_t bundle, int64_t i) const {
    Sweep s = whole_;
    s.items = items_in(bundle);
    int64_t r = 0, u = 0;
    if (pieces_of_row_ > 1) {
      r = i / pieces_of_row_;
      u = i % pieces_of_row_ * piece_units;
      const bool last = i % pieces_of_row_ == pieces_of_row_ - 1;
      s.rows = 1;
      s.units = std::min(piece_units, whole_.units - u);
      s.tail = last ? whole_.tail : 0;
    } else {
      r = i * rows_in_piece_;
      s.rows = std::min(rows_in_piece_, whole_.rows - r);
    }
    return {s, first_item(bundle) * item_ + r * row_ + u * unit, row_, item_};
  }
  // f(range) for the pieces of a part.
  template <class F> void for_each_piece(int64_t bundle, int64_t part, F f) const {
    for (int64_t i = part * pieces_in_part_; i < std::min(pieces, (part + 1) * pieces_in_part_); i++) f(piece(bundle, i));
  }

 private:
  void set_rows(int64_t rows, int64_t n, int64_t row, int64_t item) {
    whole_ = {rows, 1, n / unit, n % unit};
    row_ = row, item_ = item;
  }
  int64_t width_ = 1;
  int64_t row_ = 0, item_ = 0, rows_in_piece_ = 1, pieces_of_row_ = 1, pieces_in_part_ = 1;
  Sweep whole_{};
};

}  // namespace cairn::cpu
