// The Book that writes into a folder: numbers.json says what there is, figures/ holds the pictures.
//   numbers.json         {"id", "numbers": {name: number or words}, "figures": [{"name", "label", "frames": [{"value", "says", "description",
//                        "wide", "narrow", "texts", "width", "height"}]}]}; a figure that is no slider has one frame and an empty label
//   figures/NAME-00.svg, NAME-00.narrow.svg    for a desk and for a phone; light and dark as the reader's system asks
//   figures/NAME-00.json                       the same as text: {"40 ascii", "40 unicode", "40 colour", "76 ascii", ...}
#pragma once

#include <string>

#include <cairn/base/json.h>
#include <course/machinery/figure.h>

namespace cairn::course {

class FileBook : public Book {
 public:
  FileBook(std::string id, std::string folder);
  void number(const std::string& name, double value) override;  // NumericError when it is none
  void words(const std::string& name, const std::string& value) override;
  void figure(const std::string& name, plot::Figure figure) override;
  void slider(const std::string& name, const std::string& label, std::vector<Frame> frames) override;
  void finish();  // writes numbers.json; without it the folder counts as not drawn
 private:
  void take(const std::string& name);
  void add(const std::string& name, const std::string& label, const std::vector<Frame>& frames);
  std::string id_, folder_;
  std::vector<std::string> taken_;
  Json numbers_ = Json::object(), figures_ = Json::array();
};

// A figure as text for every kind of terminal: {"40 ascii": ..., "76 colour": ...}.
Json terminal_texts(const plot::Figure& figure);

}  // namespace cairn::course
