// What all pieces share: calls of the learner's functions are counted, exceptions and results of a wrong size become words.
// Only what is marked as EXPORTED is seen from outside, so that several pieces in one program know nothing of each other.
#pragma once

#include <cstddef>
#include <exception>
#include <new>
#include <string>
#include <vector>

#define EXPORTED extern "C" __attribute__((visibility("default")))

namespace piece {

static long long calls = 0;  // of the learner's functions
static std::string words;    // of the last failure

enum Outcome { fine = 0, threw = 1, wrong_size = 2 };

struct WrongSize {
  std::string words;
};

// A list that the learner's function gave, where `wanted` numbers are due.
inline const std::vector<double>& sized(const std::vector<double>& list, std::size_t wanted, const char* function, const char* what) {
  if (list.size() != wanted)
    throw WrongSize{std::string(function) + " gave " + std::to_string(list.size()) + " numbers for " + std::to_string(wanted) + " " + what};
  return list;
}

inline void put(const std::vector<double>& from, double* to) {
  for (std::size_t i = 0; i < from.size(); i++) to[i] = from[i];
}

template <class F> int guarded(F f) {
  try {
    f();
    return fine;
  } catch (const WrongSize& e) {
    words = e.words;
    return wrong_size;
  } catch (const std::bad_alloc&) { words = "it asks for more memory than there is"; } catch (const std::exception& e) {
    words = e.what();
  } catch (...) { words = "an exception that is no std::exception"; }
  return threw;
}

}  // namespace piece

EXPORTED long long piece_calls() { return piece::calls; }
EXPORTED const char* piece_words() { return piece::words.c_str(); }
