// The pieces of a training that passed exercises can give: which there are, which of them are the learner's by now, and the learner's file
// compiled with its adapter (course/mine/PIECE.h) into a library that this program opens. A piece counts only while the exercise's file is,
// letter by letter, one that passed its check.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <course/machinery/exercises.h>

namespace cairn::course {

struct PieceInfo {
  std::string name;       // "relu", as `--mine relu` has it
  std::string exercise;   // "A12"
  std::string header;     // of course/mine
  std::string functions;  // of the learner's that it calls: "value, mul, relu, backward"
  std::string what;       // "the activation, forward and backward"
};
// In the order of a training. A name may be there twice: the last of its exercises that is ready gives it.
const std::vector<PieceInfo>& all_pieces();
std::vector<std::string> piece_names();  // each once
// The piece that an exercise gives; null when it gives none.
const PieceInfo* piece_of(const std::string& exercise);

struct PieceState {
  PieceInfo info;
  enum State { ready, changed, gone, not_passed } state = not_passed;
  std::string file, text, digest;  // of the learner's exercise, where it is ready
  std::string why() const;         // not ready: "A12 has not passed yet: cairn start A12"
};
// One for each name. `folder`: of the exercises; empty: as workplace() finds it.
std::vector<PieceState> piece_states(const std::string& folder = "");

// A compiled piece, open. Calls come from one thread.
class Piece {
 public:
  ~Piece();
  Piece(const Piece&) = delete;
  Piece& operator=(const Piece&) = delete;

  const PieceInfo& info() const { return info_; }
  const std::string& library() const { return library_; }  // "A12-0123...": what find() takes
  const std::string& digest() const { return digest_; }    // of the learner's text
  std::string str() const;                                 // "your relu (A12)"
  int64_t calls() const;                                   // of the learner's functions, since reset()
  double seconds() const { return seconds_; }              // inside of them, since reset()
  void reset();

  // Calls `symbol` of the adapter. StateError when the learner's function throws, ShapeError when it gives a list of a wrong size. A crash
  // or an endless loop ends the program with a sentence that names the piece.
  template <class... A> void call(const char* symbol, A... arguments) {
    using Function = int (*)(A...);
    const auto function = reinterpret_cast<Function>(address(symbol));
    enter();
    const int outcome = function(arguments...);
    leave(outcome);
  }
  // NumericError, naming the function, when a result is NaN or infinite though all that went in was finite.
  void check_finite(const char* function, std::span<const double> in, std::span<const double> out) const;

 private:
  friend std::shared_ptr<Piece> compiled_piece(const PieceInfo&, const Exercise&, const std::string&, const std::string&);
  friend std::shared_ptr<Piece> kept_piece(const PieceInfo&, const std::string&, const std::string&);
  Piece(PieceInfo info, std::string library, std::string digest, const std::string& path);
  void* address(const char* symbol) const;
  void enter();
  void leave(int outcome);
  void leave_unharmed();
  PieceInfo info_;
  std::string library_, digest_, crash_words_, loop_words_;
  void* handle_ = nullptr;
  mutable std::map<std::string, void*> addresses_;
  int64_t calls_before_ = 0;
  double seconds_ = 0, entered_ = 0;
};

// Compiles the learner's text (once: the library stays in CAIRN_HOME/mine) and opens it. `file` names the learner's file in messages; its
// own headers lie beside it. FileError when the compiler is missing, when the text does not compile, when the home cannot be written.
std::shared_ptr<Piece> compiled_piece(const PieceInfo& info, const Exercise& exercise, const std::string& file, const std::string& text);
// The library that an earlier call made; null when it is not there any more. FileError for a name that is none.
std::shared_ptr<Piece> kept_piece(const PieceInfo& info, const std::string& library, const std::string& digest);

// How a crash inside of a piece that is opened from now on is told: as words on standard error, or as an event on standard output. `after`:
// what can be done. A call that takes more than `seconds` of processor time counts as an endless loop.
void tell_crashes(bool json, const std::string& after, double seconds = 30);

}  // namespace cairn::course
