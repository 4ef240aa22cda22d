// Stands before everything else in the translation unit of a learner's file: an element out of range is told with its number and how many
// there are, which libstdc++'s own message leaves out.
#pragma once
#if __has_include(<debug/assertions.h>)
#include <debug/assertions.h>
#ifdef __glibcxx_requires_subscript
#include <cstdio>
#undef __glibcxx_requires_subscript
#define __glibcxx_requires_subscript(N)                                                             \
  do {                                                                                              \
    if (__builtin_expect(!((N) < this->size()), false)) {                                           \
      std::fprintf(stderr, "\ncairn: element %lld of %zu\n", (long long)(N), size_t(this->size())); \
      std::abort();                                                                                 \
    }                                                                                               \
  } while (false)
#endif
#endif
#include <cstdlib>
