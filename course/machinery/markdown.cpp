// cmark-gfm's tree, cleaned and linked, then rendered.
#include <course/machinery/markdown.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <cstring>

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <cairn/base/text.h>
#include <course/machinery/maths.h>

namespace cairn::course {

namespace {

std::string literal(cmark_node* node) {
  const char* text = cmark_node_get_literal(node);
  return text ? text : "";
}

cmark_node* text_node(const std::string& text) {
  cmark_node* node = cmark_node_new(CMARK_NODE_TEXT);
  cmark_node_set_literal(node, text.c_str());
  return node;
}

// A link, which may stand in a table's cell, too; marked() makes it one of the glossary's.
constexpr std::string_view to_term = "<a href=\"#term-";
cmark_node* term_node(const Term& term, const std::string& text) {
  cmark_node* node = cmark_node_new(CMARK_NODE_LINK);
  cmark_node_set_url(node, ("#" + TermLinks::anchor(term)).c_str());
  cmark_node_set_title(node, term.text.c_str());
  cmark_node_append_child(node, text_node(text));
  return node;
}
std::string marked(std::string html) {
  for (size_t at = 0; (at = html.find(to_term, at)) != std::string::npos; at += to_term.size()) html.insert(at + 3, "class=\"term\" ");
  return html;
}

std::vector<cmark_node*> nodes_of(cmark_node* root) {
  std::vector<cmark_node*> all;
  cmark_iter* iter = cmark_iter_new(root);
  while (cmark_iter_next(iter) != CMARK_EVENT_DONE)
    if (all.empty() || all.back() != cmark_iter_get_node(iter)) all.push_back(cmark_iter_get_node(iter));
  cmark_iter_free(iter);
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

void replace(cmark_node* old, cmark_node* with) {
  cmark_node_replace(old, with);
  cmark_node_free(old);
}

// HTML becomes text, images their captions.
void clean(cmark_node* root) {
  for (cmark_node* node : nodes_of(root)) {
    const cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_HTML_INLINE) replace(node, text_node(literal(node)));
    if (type == CMARK_NODE_HTML_BLOCK) {
      cmark_node* paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH);
      cmark_node_append_child(paragraph, text_node(literal(node)));
      replace(node, paragraph);
    }
    if (type == CMARK_NODE_IMAGE) {
      while (cmark_node* child = cmark_node_first_child(node)) cmark_node_insert_before(node, child);
      cmark_node_unlink(node);
      cmark_node_free(node);
    }
  }
  cmark_consolidate_text_nodes(root);
}

bool linkable(cmark_node* node) {
  for (cmark_node* up = cmark_node_parent(node); up; up = cmark_node_parent(up)) {
    const cmark_node_type type = cmark_node_get_type(up);
    if (type == CMARK_NODE_HEADING || type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE) return false;
  }
  return true;
}

bool word_letter(std::string_view text, size_t i) {
  return i < text.size() && (std::isalnum(static_cast<unsigned char>(text[i])) || (static_cast<unsigned char>(text[i]) & 0x80));
}

}  // namespace

std::string html_escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') out += "&amp;";
    else if (c == '<') out += "&lt;";
    else if (c == '>') out += "&gt;";
    else if (c == '"') out += "&quot;";
    else if (static_cast<unsigned char>(c) < 32 && c != '\n' && c != '\t') out += ' ';
    else out += c;
  }
  return out;
}

// ---- the glossary's words

TermLinks::TermLinks(std::vector<const Term*> terms) {
  for (const Term* t : terms) {
    phrases_.push_back({lower(t->name), t, false});
    // Synonyms of one plain word ("length" of a norm) mean other things as often; an abbreviation in small letters, too (mAP is no map).
    for (const std::string& s : t->synonyms)
      if (s.find_first_of(" -") != std::string::npos) phrases_.push_back({lower(s), t, false});
      else if (lower(s) != s) phrases_.push_back({s, t, true});
  }
  phrases_.erase(std::remove_if(phrases_.begin(), phrases_.end(), [](const Phrase& p) { return p.text.size() < 3; }), phrases_.end());
  std::stable_sort(phrases_.begin(), phrases_.end(), [](const Phrase& a, const Phrase& b) { return a.text.size() > b.text.size(); });
}

std::string TermLinks::anchor(const Term& term) {
  std::string name = "term-";
  for (const char c : lower(term.name)) name += std::isalnum(static_cast<unsigned char>(c)) ? c : '-';
  return name;
}

std::vector<TermLinks::Hit> TermLinks::hits(std::string_view text) {
  std::vector<Hit> found;
  const std::string folded = lower(text);
  const std::string_view small = folded;
  for (size_t at = 0; at < small.size(); at++) {
    if (!word_letter(small, at) || (at > 0 && (word_letter(small, at - 1) || small[at - 1] == '-'))) continue;
    for (const Phrase& p : phrases_) {
      if ((p.exact ? text : small).compare(at, p.text.size(), p.text) != 0 || std::find(met_.begin(), met_.end(), p.term) != met_.end()) continue;
      size_t end = at + p.text.size();
      if (end < small.size() && small[end] == 's') end++;  // more than one of it
      if (word_letter(small, end) || (end < small.size() && small[end] == '-')) continue;
      found.push_back({at, end, p.term});
      met_.push_back(p.term);
      at = end - 1;
      break;
    }
  }
  return found;
}

// ---- Markdown

std::string Markdown::without_marks(std::string text) {
  for (const std::string_view mark : {opening, closing})
    for (size_t at = 0; (at = text.find(mark, at)) != std::string::npos;) text.replace(at, mark.size(), "?");
  return text;
}

Markdown::Markdown(std::string_view text) {
  std::string source;
  for (const Span& s : spans_of(without_marks(std::string(text)))) {
    if (s.kind == Span::prose || s.kind == Span::code) {
      source += s.text;
    } else {
      source += std::string(opening) + std::to_string(maths_.size()) + std::string(closing);
      maths_.push_back(s);
    }
  }
  static const bool registered = (cmark_gfm_core_extensions_ensure_registered(), true);
  (void)registered;
  cmark_parser* parser = cmark_parser_new(CMARK_OPT_VALIDATE_UTF8);
  if (cmark_syntax_extension* tables = cmark_find_syntax_extension("table")) cmark_parser_attach_syntax_extension(parser, tables);
  cmark_parser_feed(parser, source.data(), source.size());
  root_ = cmark_parser_finish(parser);
  cmark_parser_free(parser);
  clean(root_);
}

Markdown::~Markdown() { cmark_node_free(root_); }

std::string Markdown::with_maths(std::string html, bool plain_maths) const {
  std::string out;
  size_t at = 0;
  for (size_t open; (open = html.find(opening, at)) != std::string::npos;) {
    const size_t close = html.find(closing, open);
    int64_t number = 0;
    if (close == std::string::npos || !parse_int(std::string_view(html).substr(open + opening.size(), close - open - opening.size()), number) ||
        number < 0 || size_t(number) >= maths_.size()) {  // torn apart: in a link's title, say
      out += html.substr(at, open - at) + "?";
      at = open + opening.size();
      continue;
    }
    const Span& s = maths_[size_t(number)];
    out += html.substr(at, open - at);
    const bool display = s.kind == Span::display;
    if (plain_maths) {
      std::string text = html_escaped(readable_maths(s.text, true));
      for (size_t line = 0; (line = text.find('\n', line)) != std::string::npos; line += 4) text.replace(line, 1, "<br>");
      out += std::string("<span class=\"plain") + (display ? " d" : "") + "\">" + text + "</span>";
    } else {
      out += std::string("<span class=\"m") + (display ? " d" : "") + "\">" + html_escaped(s.text) + "</span>";
    }
    at = close + closing.size();
  }
  return out + html.substr(at);
}

std::string Markdown::html(bool plain_maths, TermLinks* links) {
  if (links) {
    // In the order of the text: an iterator, as the first use counts.
    std::vector<cmark_node*> texts;
    cmark_iter* iter = cmark_iter_new(root_);
    while (cmark_iter_next(iter) != CMARK_EVENT_DONE)
      if (cmark_node* node = cmark_iter_get_node(iter); cmark_node_get_type(node) == CMARK_NODE_TEXT && linkable(node)) texts.push_back(node);
    cmark_iter_free(iter);
    for (cmark_node* node : texts) {
      const std::string text = literal(node);
      size_t at = 0;
      for (const TermLinks::Hit& h : links->hits(text)) {
        cmark_node_insert_before(node, text_node(text.substr(at, h.begin - at)));
        cmark_node_insert_before(node, term_node(*h.term, text.substr(h.begin, h.end - h.begin)));
        at = h.end;
      }
      if (at) cmark_node_set_literal(node, text.substr(at).c_str());
    }
  }
  cmark_mem* memory = cmark_get_default_mem_allocator();
  cmark_llist* extensions = nullptr;
  if (cmark_syntax_extension* tables = cmark_find_syntax_extension("table")) extensions = cmark_llist_append(memory, extensions, tables);
  char* rendered = cmark_render_html(root_, CMARK_OPT_DEFAULT, extensions);
  cmark_llist_free(memory, extensions);
  std::string html = marked(rendered);
  std::free(rendered);
  return with_maths(std::move(html), plain_maths);
}

std::string Markdown::inline_html(bool plain_maths) {
  std::string out = html(plain_maths);
  while (!out.empty() && out.back() == '\n') out.pop_back();
  // One paragraph loses its tags; what has several keeps them.
  if (out.starts_with("<p>") && out.ends_with("</p>") && out.find("<p>", 3) == std::string::npos) return out.substr(3, out.size() - 7);
  return out;
}

std::vector<std::string> Markdown::prose() const {
  std::vector<std::string> all;
  cmark_iter* iter = cmark_iter_new(root_);
  while (cmark_iter_next(iter) != CMARK_EVENT_DONE)
    if (cmark_node* node = cmark_iter_get_node(iter); cmark_node_get_type(node) == CMARK_NODE_TEXT && linkable(node)) all.push_back(literal(node));
  cmark_iter_free(iter);
  return all;
}

}  // namespace cairn::course
