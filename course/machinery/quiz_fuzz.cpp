// libFuzzer target: any bytes, as a quiz, are taken or raise a FileError; what was taken draws options of which one is right.
#include <cstdlib>

#include <cairn/base/errors.h>
#include <course/machinery/quiz.h>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace cairn::course;
  Quiz quiz;
  try {
    quiz = parse_quiz({reinterpret_cast<const char*>(data), size}, "input");
  } catch (const cairn::FileError&) { return 0; }
  for (const Question& question : quiz.questions) {
    for (uint64_t seed = 0; seed < 3; seed++) try {
        const DrawnQuestion q = drawn(question, seed);
        if (!q.typed && (q.options.size() < 2 || q.options.at(size_t(q.right)) != q.right_text)) std::abort();
      } catch (const cairn::FileError&) {}
  }
  return 0;
}
