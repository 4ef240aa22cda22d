// The second half of PA's check, a program of its own: the learner's file, compiled for speed, trains on real pictures.
//   trainer FILE_DESCRIPTOR softmax|mlp
// The descriptor is of a file in memory: the eight numbers of Header, then the training pictures (a byte a value), their labels (a byte each), and the
// pictures to classify, whose labels are not there. Written to descriptor 3, a JSON object a line: {"loss": 0.5} after each epoch, then
// {"predictions": [...]} or {"thrown": "..."}. Numbers that JSON does not have are text: {"loss": "nan"}.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <new>
#include <string>

namespace trainer {

struct Header {
  int64_t magic, channels, height, width, train, test, zero[2];
};

void say(const std::string& line) {
  for (size_t done = 0; done < line.size();) {
    const ssize_t n = ::write(3, line.data() + done, line.size() - done);
    if (n <= 0) std::exit(7);
    done += size_t(n);
  }
}

std::string json_number(double v) {
  char text[40];
  std::snprintf(text, sizeof text, std::isfinite(v) ? "%.9g" : "\"%g\"", v);
  return text;
}

std::string json_text(const char* words) {
  std::string s = "\"";
  for (const char* c = words; *c && s.size() < 400; c++) {
    if (*c == '"' || *c == '\\') s += '\\';
    s += *c < 0x20 && *c >= 0 ? ' ' : *c;
  }
  return s + "\"";
}

Pictures pictures(const Header& h, const uint8_t* bytes, int64_t n, const uint8_t* labels) {
  Pictures p{size_t(h.channels), size_t(h.height), size_t(h.width), std::vector<float>(size_t(n * h.channels * h.height * h.width)), {}};
  for (size_t i = 0; i < p.x.size(); i++) p.x[i] = float(bytes[i]) / 255;
  if (labels) p.y.assign(labels, labels + n);
  return p;
}

int run(int file, const std::string& part, const Answer& answer) {
  struct stat s {};
  if (fstat(file, &s) != 0 || s.st_size < off_t(sizeof(Header))) return 8;
  void* map = mmap(nullptr, size_t(s.st_size), PROT_READ, MAP_SHARED, file, 0);
  if (map == MAP_FAILED) return 8;
  Header h;
  std::memcpy(&h, map, sizeof h);
  const int64_t size = h.channels * h.height * h.width;
  if (h.magic != 0x4341524e50413031 || s.st_size != int64_t(sizeof h) + h.train * (size + 1) + h.test * size) return 8;
  const auto* bytes = static_cast<const uint8_t*>(map) + sizeof h;
  try {
    const Pictures train = pictures(h, bytes, h.train, bytes + h.train * size), unknown = pictures(h, bytes + h.train * (size + 1), h.test, nullptr);
    munmap(map, size_t(s.st_size));
    close(file);
    const Report report = [](double loss) { say("{\"loss\":" + json_number(loss) + "}\n"); };
    const std::vector<int> said = (part == "mlp" ? answer.classify_with_mlp : answer.classify_with_softmax)(train, unknown, report);
    std::string line = "{\"predictions\":[";
    for (size_t i = 0; i < said.size(); i++) line += (i ? "," : "") + std::to_string(said[i]);
    say(line + "]}\n");
  } catch (const std::bad_alloc&) { say("{\"thrown\":\"std::bad_alloc\"}\n"); } catch (const std::exception& e) {
    say("{\"thrown\":" + json_text(e.what()) + "}\n");
  } catch (...) { say("{\"thrown\":\"something that is no std::exception\"}\n"); }
  return 0;
}

}  // namespace trainer

int main(int argc, char** argv) {
  if (argc != 3) return 9;
  return trainer::run(std::atoi(argv[1]), argv[2], *static_cast<const Answer*>(judge_candidates[0].answer));
}
