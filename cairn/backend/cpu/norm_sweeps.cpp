// The loops of batch norm (norm_loops.h). Each is a body that says what happens to one vector; `for_each_unit` walks the memory.
#include <cairn/base/targets.h>
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "cairn/backend/cpu/norm_sweeps.cpp"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"

#include <utility>

#include "elements-inl.h"
#include "norm_loops.h"

HWY_BEFORE_NAMESPACE();
namespace cairn::cpu {
namespace HWY_NAMESPACE {

using D = hn::CappedTag<float, unit>;
using V = hn::Vec<D>;
constexpr int vector_lanes = int(hn::MaxLanes(D()));
constexpr int vectors = int(unit) / vector_lanes;                // in a unit
constexpr int chains = vectors == 1 ? 4 : vectors == 2 ? 2 : 1;  // sums that do not wait for each other

template <class T> struct Row {
  T* p;
  HWY_INLINE Row(const Place& a, int64_t r, int64_t item) : p(static_cast<T*>(a.p) + r * a.row + item * a.item) {}
  HWY_INLINE V get(int64_t i, int v) const { return load(D(), p + i * unit + v * vector_lanes); }
  HWY_INLINE V get(int64_t i, int v, int64_t n) const { return load_first(D(), p + i * unit + v * vector_lanes, n); }
  template <bool past> HWY_INLINE void set(int64_t i, int v, V value) const {
    past ? stream(D(), value, p + i * unit + v * vector_lanes) : store(D(), value, p + i * unit + v * vector_lanes);
  }
  HWY_INLINE void set(int64_t i, int v, V value, int64_t n) const { store_first(D(), value, p + i * unit + v * vector_lanes, n); }
};

// The constants of a unit, and sums over units in several chains. Indices are template arguments so that all of it stays in registers.
struct Constants {
  V at[vectors];
  template <int... v> HWY_INLINE Constants(const float* p, std::integer_sequence<int, v...>) : at{hn::LoadU(D(), p + v * vector_lanes)...} {}
  HWY_INLINE explicit Constants(const float* p) : Constants(p, std::make_integer_sequence<int, vectors>()) {}
};
struct Sums {
  V at[chains * vectors];
  template <int... i> HWY_INLINE explicit Sums(std::integer_sequence<int, i...>) : at{(void(i), hn::Zero(D()))...} {}
  HWY_INLINE Sums() : Sums(std::make_integer_sequence<int, chains * vectors>()) {}
  HWY_INLINE void add_to(float* sums) const {
    for (int v = 0; v < vectors; v++) {
      V total = hn::LoadU(D(), sums + v * vector_lanes);
      for (int k = 0; k < chains; k++) total = hn::Add(total, at[k * vectors + v]);
      hn::StoreU(total, D(), sums + v * vector_lanes);
    }
  }
};

// body.enter(row, item); then body.whole<chain, vector>(i) for the full vectors of unit i, body.part<vector>(i, n) for those of which only n
// lanes count; body.leave(item).
template <class Body, int... v> HWY_INLINE void part_of_unit(Body& body, int64_t i, int64_t lanes, std::integer_sequence<int, v...>) {
  const auto one = [&](auto at) CAIRN_INLINE_LAMBDA {
    const int64_t n = lanes - at() * vector_lanes;
    if (n >= vector_lanes) body.template whole<0, at()>(i);
    else if (n > 0) body.template part<at()>(i, n);
  };
  (one(std::integral_constant<int, v>()), ...);
}
template <class Body, int... j> HWY_INLINE void whole_units(Body& body, int64_t i, std::integer_sequence<int, j...>) {
  (body.template whole<j / vectors, j % vectors>(i + j / vectors), ...);
}
template <class Body> HWY_INLINE void for_each_unit(const Sweep& sweep, Body& body) {
  const Sweep s = sweep;  // a copy: for all that gcc knows, a vector that is stored could change the other
  const std::make_integer_sequence<int, vectors> one;
  for (int64_t r = 0; r < s.rows; r++)
    for (int64_t item = 0; item < s.items; item++) {
      body.enter(r, item);
      int64_t i = 0;
      for (; i + chains <= s.units; i += chains) whole_units(body, i, std::make_integer_sequence<int, chains * vectors>());
      for (; i < s.units; i++) whole_units(body, i, one);
      if (s.tail) part_of_unit(body, s.units, s.tail, one);
      body.leave(item);
    }
}

template <class T> struct Moments {
  Place from;
  const float* centers;
  float *sum_of, *squares_of;
  Row<const T> x{from, 0, 0};
  Constants center{centers};
  Sums sum = {}, squares = {};
  HWY_INLINE void enter(int64_t r, int64_t item) {
    x = Row<const T>(from, r, item);
    center = Constants(centers + item * unit);
    sum = squares = Sums();
  }
  HWY_INLINE void leave(int64_t item) {
    sum.add_to(sum_of + item * unit);
    squares.add_to(squares_of + item * unit);
  }
  template <int k, int v> HWY_INLINE void add(V d) {
    sum.at[k * vectors + v] = hn::Add(sum.at[k * vectors + v], d);
    squares.at[k * vectors + v] = hn::MulAdd(d, d, squares.at[k * vectors + v]);
  }
  template <int k, int v> HWY_INLINE void whole(int64_t i) { add<k, v>(hn::Sub(x.get(i, v), center.at[v])); }
  template <int v> HWY_INLINE void part(int64_t i, int64_t n) {
    add<0, v>(hn::IfThenElseZero(hn::FirstN(D(), size_t(n)), hn::Sub(x.get(i, v, n), center.at[v])));
  }
};
template <class T> void moments(const Place& x, const Sweep& s, const float* center, float* sum, float* squares) {
  Moments<T> body{x, center, sum, squares};
  for_each_unit(s, body);
}

// relu(v): 0 for -0, NaN comes through.
HWY_INLINE V rectified(V v) { return hn::IfThenZeroElse(hn::Le(v, hn::Zero(D())), v); }

struct UnitConstants {
  const UnitParameters* u;
  Constants mean{u->mean}, scale{u->scale}, shift{u->shift};
  HWY_INLINE void enter(int64_t item) { mean = Constants(u[item].mean), scale = Constants(u[item].scale), shift = Constants(u[item].shift); }
};

template <class T, bool relu, bool past> struct Normalise : UnitConstants {
  Place from, to;
  Row<const T> x{from, 0, 0};
  Row<T> y{to, 0, 0};
  HWY_INLINE void enter(int64_t r, int64_t item) {
    UnitConstants::enter(item);
    x = Row<const T>(from, r, item), y = Row<T>(to, r, item);
  }
  HWY_INLINE void leave(int64_t) {}
  template <int v> HWY_INLINE V result(V value) const {
    const V z = hn::MulAdd(hn::Sub(value, mean.at[v]), scale.at[v], shift.at[v]);
    return relu ? rectified(z) : z;
  }
  template <int k, int v> HWY_INLINE void whole(int64_t i) { y.template set<past>(i, v, result<v>(x.get(i, v))); }
  template <int v> HWY_INLINE void part(int64_t i, int64_t n) { y.set(i, v, result<v>(x.get(i, v, n)), n); }
};
template <class T, bool relu, bool past> void normalise(const Place& x, const Place& y, const Sweep& s, const UnitParameters* u) {
  Normalise<T, relu, past> body{{u}, x, y};
  for_each_unit(s, body);
}

// x - mean, and dy where the rectified y was above 0: rounded as in Normalise, so that both see the same sign.
template <class T, bool relu> struct Gradients : UnitConstants {
  Place from, from_dy;
  Row<const T> x{from, 0, 0}, dy{from_dy, 0, 0};
  HWY_INLINE void enter(int64_t r, int64_t item) {
    UnitConstants::enter(item);
    x = Row<const T>(from, r, item), dy = Row<const T>(from_dy, r, item);
  }
  HWY_INLINE void leave(int64_t) {}
  template <int v> HWY_INLINE V passed(V centred, V d) const {
    if constexpr (!relu) return d;
    return hn::IfThenZeroElse(hn::Le(hn::MulAdd(centred, scale.at[v], shift.at[v]), hn::Zero(D())), d);
  }
};

template <class T, bool relu> struct GradSums : Gradients<T, relu> {
  float *sum_of, *product_of;
  Sums sum = {}, product = {};
  HWY_INLINE void enter(int64_t r, int64_t item) {
    Gradients<T, relu>::enter(r, item);
    sum = product = Sums();
  }
  HWY_INLINE void leave(int64_t item) {
    sum.add_to(sum_of + item * unit);
    product.add_to(product_of + item * unit);
  }
  template <int k, int v> HWY_INLINE void add(V x, V dy) {
    const V centred = hn::Sub(x, this->mean.at[v]), g = this->template passed<v>(centred, dy);
    sum.at[k * vectors + v] = hn::Add(sum.at[k * vectors + v], g);
    product.at[k * vectors + v] = hn::MulAdd(g, centred, product.at[k * vectors + v]);
  }
  template <int k, int v> HWY_INLINE void whole(int64_t i) { add<k, v>(this->x.get(i, v), this->dy.get(i, v)); }
  template <int v> HWY_INLINE void part(int64_t i, int64_t n) { add<0, v>(this->x.get(i, v, n), this->dy.get(i, v, n)); }  // beyond: dy = 0
};
template <class T, bool relu> void grad_sums(const Place& x, const Place& dy, const Sweep& s, const UnitParameters* u, float* sum, float* product) {
  GradSums<T, relu> body{{{u}, x, dy}, sum, product};
  for_each_unit(s, body);
}

template <class T, bool relu, bool past> struct Grad : Gradients<T, relu> {
  Place to;
  const UnitGradient* g;
  Row<T> dx{to, 0, 0};
  Constants a{g->a}, b{g->b}, c{g->c};
  HWY_INLINE void enter(int64_t r, int64_t item) {
    Gradients<T, relu>::enter(r, item);
    dx = Row<T>(to, r, item);
    a = Constants(g[item].a), b = Constants(g[item].b), c = Constants(g[item].c);
  }
  template <int v> HWY_INLINE V result(V x, V dy) const {
    const V centred = hn::Sub(x, this->mean.at[v]);
    return hn::MulSub(this->template passed<v>(centred, dy), a.at[v], hn::MulAdd(centred, b.at[v], c.at[v]));
  }
  template <int k, int v> HWY_INLINE void whole(int64_t i) { dx.template set<past>(i, v, result<v>(this->x.get(i, v), this->dy.get(i, v))); }
  template <int v> HWY_INLINE void part(int64_t i, int64_t n) { dx.set(i, v, result<v>(this->x.get(i, v, n), this->dy.get(i, v, n)), n); }
};
template <class T, bool relu, bool past>
void grad(const Place& x, const Place& dy, const Place& dx, const Sweep& s, const UnitParameters* u, const UnitGradient* g) {
  Grad<T, relu, past> body{{{u}, x, dy}, dx, g};
  for_each_unit(s, body);
}

void any_moments(DType t, const Place& x, const Sweep& s, const float* center, float* sum, float* squares) {
  (t == bf16 ? moments<bf16_t> : moments<float>)(x, s, center, sum, squares);
}
void any_normalise(DType t, const Place& x, const Place& y, const Sweep& s, const UnitParameters* u, bool relu, bool past) {
  using Loop = void (*)(const Place&, const Place&, const Sweep&, const UnitParameters*);
  static constexpr Loop loops[2][2][2] = {
      {{normalise<float, false, false>, normalise<float, false, true>}, {normalise<float, true, false>, normalise<float, true, true>}},
      {{normalise<bf16_t, false, false>, normalise<bf16_t, false, true>}, {normalise<bf16_t, true, false>, normalise<bf16_t, true, true>}}};
  loops[t == bf16][relu][past](x, y, s, u);
}
void any_grad_sums(DType t, const Place& x, const Place& dy, const Sweep& s, const UnitParameters* u, bool relu, float* sum, float* product) {
  using Loop = void (*)(const Place&, const Place&, const Sweep&, const UnitParameters*, float*, float*);
  static constexpr Loop loops[2][2] = {{grad_sums<float, false>, grad_sums<float, true>}, {grad_sums<bf16_t, false>, grad_sums<bf16_t, true>}};
  loops[t == bf16][relu](x, dy, s, u, sum, product);
}
void any_grad(DType t, const Place& x, const Place& dy, const Place& dx, const Sweep& s, const UnitParameters* u, const UnitGradient* g, bool relu,
              bool past) {
  using Loop = void (*)(const Place&, const Place&, const Place&, const Sweep&, const UnitParameters*, const UnitGradient*);
  static constexpr Loop loops[2][2][2] = {
      {{grad<float, false, false>, grad<float, false, true>}, {grad<float, true, false>, grad<float, true, true>}},
      {{grad<bf16_t, false, false>, grad<bf16_t, false, true>}, {grad<bf16_t, true, false>, grad<bf16_t, true, true>}}};
  loops[t == bf16][relu][past](x, dy, dx, s, u, g);
}

}  // namespace HWY_NAMESPACE
}  // namespace cairn::cpu
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cairn::cpu {
HWY_EXPORT(any_moments);
HWY_EXPORT(any_normalise);
HWY_EXPORT(any_grad_sums);
HWY_EXPORT(any_grad);
void sweep_moments(DType t, const Place& x, const Sweep& s, const float* center, float* sum, float* squares) {
  HWY_DYNAMIC_DISPATCH(any_moments)(t, x, s, center, sum, squares);
}
void sweep_normalise(DType t, const Place& x, const Place& y, const Sweep& s, const UnitParameters* u, bool relu, bool past_caches) {
  HWY_DYNAMIC_DISPATCH(any_normalise)(t, x, y, s, u, relu, past_caches);
}
void sweep_grad_sums(DType t, const Place& x, const Place& dy, const Sweep& s, const UnitParameters* u, bool relu, float* sum, float* product) {
  HWY_DYNAMIC_DISPATCH(any_grad_sums)(t, x, dy, s, u, relu, sum, product);
}
void sweep_grad(DType t, const Place& x, const Place& dy, const Place& dx, const Sweep& s, const UnitParameters* u, const UnitGradient* g, bool relu,
                bool past_caches) {
  HWY_DYNAMIC_DISPATCH(any_grad)(t, x, dy, dx, s, u, g, relu, past_caches);
}
}  // namespace cairn::cpu
#endif
