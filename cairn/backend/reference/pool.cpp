// Pooling: the largest value or the average of each window (the formulas stand in backend.h; windows.h says which places a window has).
// Averages are computed in double.
#include <cstring>
#include <vector>

#include <cairn/backend/reference/loop.h>
#include <cairn/backend/reference/reference.h>
#include <cairn/backend/windows.h>
#include <cairn/tensor/layout.h>

namespace cairn {

using namespace reference;

namespace {

// Calls f(y) with a row-major y to fill: the array itself, or, where that lies blocked, one whose values are moved there afterwards.
template <class F> void fill_strided(Array& y, F f) {
  if (!y.defined() || !y.blocked()) return f(y);
  Array strided(y.shape(), y.dtype());
  f(strided);
  const Array from = to_blocked(strided, y.layout()).lanes(), to = y.lanes();
  std::memcpy(to.raw(), from.raw(), size_t(to.numel() * size_of(to.dtype())));
}

// One plane of images: element (i, j) is p[i * row + j * column].
template <class T> struct Plane {
  T* p;
  int64_t row, column;
  T& operator()(int64_t i, int64_t j) const { return p[i * row + j * column]; }
};
template <class T> Plane<T> plane_of(const Array& x, int64_t n, int64_t c) {
  return {x.ptr<T>() + n * x.strides()[0] + c * x.strides()[1], x.strides()[2], x.strides()[3]};
}

// f(n, c) for each plane; f(i, j) for each window; f(k, l, i, j) for each place (i, j) of a window, number (k, l) of it.
template <class F> void for_each_plane(const Array& x, F f) {
  for (int64_t n = 0; n < x.size(0); n++)
    for (int64_t c = 0; c < x.size(1); c++) f(n, c);
}
template <class F> void for_each_window(const Array& y, F f) {
  for (int64_t i = 0; i < y.size(2); i++)
    for (int64_t j = 0; j < y.size(3); j++) f(i, j);
}
template <class F> void for_each_place(const Windows& w, const Array& x, const Array& y, int64_t i, int64_t j, F f) {
  const WindowSpan rows = window_span(w, 0, i, x.size(2), y.size(2)), columns = window_span(w, 1, j, x.size(3), y.size(3));
  for (int64_t k = 0; k < rows.count; k++)
    for (int64_t l = 0; l < columns.count; l++) f(rows.k + k, columns.k + l, rows.place + k * w.dilation.h, columns.place + l * w.dilation.w);
}
double window_area(const Windows& w, const Array& x, const Array& y, int64_t i, int64_t j, bool count_padding) {
  return double(window_length(w, 0, i, x.size(2), y.size(2), count_padding)) * double(window_length(w, 1, j, x.size(3), y.size(3), count_padding));
}

// The place in the image that window (i, j) names; `inside` is false where there is none.
struct Named {
  int64_t row, column;
  bool inside;
};
Named named_place(const Windows& w, const Array& x, const Array& y, int64_t i, int64_t j, int64_t place) {
  const auto start = [&](int axis, int64_t at) {
    return w.adaptive ? at * x.size(2 + axis) / y.size(2 + axis) : at * w.stride[axis] - w.padding[axis];
  };
  const int64_t row = start(0, i) + place / w.kernel.w * w.dilation.h, column = start(1, j) + place % w.kernel.w * w.dilation.w;
  return {row, column, row >= 0 && row < x.size(2) && column >= 0 && column < x.size(3)};
}

// f(tag) with the type of the places.
template <class F> void visit_place(const Array& place, F f) {
  if (place.defined() && place.dtype() == i32) f(int32_t{});
  else f(uint8_t{});
}

template <class T, class P> void max_pool_of(const Array& x, const Windows& w, Array& y, Array& place) {
  for_each_plane(x, [&](int64_t n, int64_t c) {
    const Plane<T> from = plane_of<T>(x, n, c), to = plane_of<T>(y, n, c);
    for_each_window(y, [&](int64_t i, int64_t j) {
      T best = -std::numeric_limits<Wide<T>>::infinity();
      int64_t at = -1;
      for_each_place(w, x, y, i, j, [&](int64_t k, int64_t l, int64_t row, int64_t column) {
        const Wide<T> v = from(row, column);
        if (at >= 0 && !(v > best) && !is_nan(v)) return;
        best = static_cast<T>(v);
        at = k * w.kernel.w + l;
      });
      to(i, j) = best;
      if (place.defined()) plane_of<P>(place, n, c)(i, j) = static_cast<P>(std::max<int64_t>(0, at));
    });
  });
}

// Zeros, and then sums in double, plane by plane: add(add_at) calls add_at(i, j, value).
template <class T, class F> void sum_planes(Array& dx, F add) {
  std::vector<double> sums(size_t(dx.size(2) * dx.size(3)));
  for_each_plane(dx, [&](int64_t n, int64_t c) {
    std::fill(sums.begin(), sums.end(), 0.0);
    add(n, c, [&](int64_t i, int64_t j, double value) { sums[size_t(i * dx.size(3) + j)] += value; });
    const Plane<T> to = plane_of<T>(dx, n, c);
    for (int64_t i = 0; i < dx.size(2); i++)
      for (int64_t j = 0; j < dx.size(3); j++) to(i, j) = convert<T>(sums[size_t(i * dx.size(3) + j)]);
  });
}

}  // namespace

void ReferenceBackend::max_pool(const Array& x, const Windows& w, Array& result, Array& result_place) {
  fill_strided(result, [&](Array& y) {
    fill_strided(result_place, [&](Array& place) {
      visit_floating(x.dtype(),
                     [&](auto tag) { visit_place(place, [&](auto place_tag) { max_pool_of<decltype(tag), decltype(place_tag)>(x, w, y, place); }); });
    });
  });
}

void ReferenceBackend::max_pool_grad(const Array& dy, const Array& place, const Windows& w, Array& result) {
  fill_strided(result, [&](Array& dx) {
    visit_floating(dy.dtype(), [&](auto tag) {
      visit_place(place, [&](auto place_tag) {
        using T = decltype(tag);
        using P = decltype(place_tag);
        sum_planes<T>(dx, [&](int64_t n, int64_t c, auto add_at) {
          const Plane<T> from = plane_of<T>(dy, n, c);
          const Plane<P> places = plane_of<P>(place, n, c);
          for_each_window(dy, [&](int64_t i, int64_t j) {
            const Named at = named_place(w, dx, dy, i, j, places(i, j));
            if (at.inside) add_at(at.row, at.column, Wide<T>(from(i, j)));
          });
        });
      });
    });
  });
}

void ReferenceBackend::max_pool_pick(const Array& x, const Array& place, const Windows& w, Array& result) {
  fill_strided(result, [&](Array& y) {
    visit_floating(x.dtype(), [&](auto tag) {
      visit_place(place, [&](auto place_tag) {
        using T = decltype(tag);
        using P = decltype(place_tag);
        for_each_plane(x, [&](int64_t n, int64_t c) {
          const Plane<T> from = plane_of<T>(x, n, c), to = plane_of<T>(y, n, c);
          const Plane<P> places = plane_of<P>(place, n, c);
          for_each_window(y, [&](int64_t i, int64_t j) {
            const Named at = named_place(w, x, y, i, j, places(i, j));
            to(i, j) = at.inside ? from(at.row, at.column) : T(0);
          });
        });
      });
    });
  });
}

void ReferenceBackend::avg_pool(const Array& x, const Windows& w, bool count_padding, Array& result) {
  fill_strided(result, [&](Array& y) {
    visit_floating(x.dtype(), [&](auto tag) {
      using T = decltype(tag);
      for_each_plane(x, [&](int64_t n, int64_t c) {
        const Plane<T> from = plane_of<T>(x, n, c), to = plane_of<T>(y, n, c);
        for_each_window(y, [&](int64_t i, int64_t j) {
          SumOf<T> sum;
          for_each_place(w, x, y, i, j, [&](int64_t, int64_t, int64_t row, int64_t column) { sum.add(Wide<T>(from(row, column))); });
          to(i, j) = convert<T>(sum.value() / window_area(w, x, y, i, j, count_padding));
        });
      });
    });
  });
}

void ReferenceBackend::avg_pool_grad(const Array& dy, const Windows& w, bool count_padding, Array& result) {
  fill_strided(result, [&](Array& dx) {
    visit_floating(dy.dtype(), [&](auto tag) {
      using T = decltype(tag);
      sum_planes<T>(dx, [&](int64_t n, int64_t c, auto add_at) {
        const Plane<T> from = plane_of<T>(dy, n, c);
        for_each_window(dy, [&](int64_t i, int64_t j) {
          const double share = double(Wide<T>(from(i, j))) / window_area(w, dx, dy, i, j, count_padding);
          for_each_place(w, dx, dy, i, j, [&](int64_t, int64_t, int64_t row, int64_t column) { add_at(row, column, share); });
        });
      });
    });
  });
}

}  // namespace cairn
