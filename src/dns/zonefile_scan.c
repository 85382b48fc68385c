/* SPDX-License-Identifier: MIT */
/*
 * Joining lines and cutting words. This is done here because the library
 * takes quotes and parentheses that never close, and the lines that follow,
 * without a word.
 */
#include "dns/zonefile_scan.h"

#include "base/arena.h"
#include "base/buf.h"
#include "dns/zonefile.h"

#include <assert.h>

/** The state of joining the lines of one entry. */
struct joining {
	struct zonefile_scan *scan;
	struct buf to;
	unsigned depth;   /* of parentheses */
	size_t opened_at; /* offset of the outermost */
	size_t quoted_at; /* offset of the last quotation mark that opened */
	bool quoted;
	bool comment;
	bool cut;
};

static bool
fail_at(struct zonefile_scan *scan, size_t at, const char *fault)
{
	assert(at < scan->content.len);
	scan->fault = fault;
	scan->fault_at = at;
	return false;
}

static void
parenthesis_open(struct joining *joining, size_t at)
{
	if (joining->depth == 0) {
		joining->opened_at = at;
	}
	joining->depth++;
	buf_addc(&joining->to, ' ');
}

static bool
parenthesis_close(struct joining *joining, size_t at)
{
	if (joining->depth == 0) {
		return fail_at(joining->scan, at,
		    "a parenthesis is closed that was never opened");
	}
	joining->depth--;
	buf_addc(&joining->to, ' ');
	return true;
}

/** Takes the character *c* at *at* that is neither escaped nor quoted. */
static bool
plain_join(struct joining *joining, size_t at, char c)
{
	switch (c) {
	case ';':
		joining->comment = true;
		joining->cut = true;
		return true;
	case '(':
		parenthesis_open(joining, at);
		return true;
	case ')':
		return parenthesis_close(joining, at);
	case '\t':
		buf_addc(&joining->to, ' ');
		return true;
	case '"':
		joining->quoted = true;
		joining->quoted_at = at;
		break;
	default:
		break;
	}
	buf_addc(&joining->to, c);
	return true;
}

/** True if a line ends here, which is not the end of the file. */
static bool
is_line_end(const struct zonefile_scan *scan)
{
	const struct str content = scan->content;
	assert(scan->at < content.len);
	if (content.at[scan->at] != '\r') {
		return content.at[scan->at] == '\n';
	}
	return scan->at + 1 == content.len || content.at[scan->at + 1] == '\n';
}

/** Takes one character of the file; an escape takes the next one along. */
static bool
char_join(struct joining *joining)
{
	struct zonefile_scan *scan = joining->scan;
	const size_t at = scan->at++;
	const char c = scan->content.at[at];
	if (joining->comment) {
		return true;
	}
	if (c == '\\' && scan->at < scan->content.len && !is_line_end(scan)) {
		buf_addc(&joining->to, c);
		buf_addc(&joining->to, scan->content.at[scan->at++]);
		return true;
	}
	if (!joining->quoted) {
		return plain_join(joining, at, c);
	}
	joining->quoted = c != '"';
	buf_addc(&joining->to, c);
	return true;
}

/** Goes to the next line; false if the entry is complete. */
static bool
line_next(struct joining *joining)
{
	struct zonefile_scan *scan = joining->scan;
	scan->at += str_starts(str_from(scan->content, scan->at), STR("\r"));
	scan->at += scan->at < scan->content.len;
	scan->line++;
	joining->comment = false;
	if (joining->depth > 0) {
		buf_addc(&joining->to, ' ');
	}
	return joining->depth > 0;
}

/** True if the entry ended where lines may end. */
static bool
all_closed(const struct joining *joining)
{
	if (joining->quoted) {
		return fail_at(joining->scan, joining->quoted_at,
		    "a quotation mark is not closed in its line");
	}
	return joining->depth == 0 || fail_at(joining->scan, joining->opened_at,
					  "a parenthesis is not closed");
}

static bool
lines_join(struct joining *joining)
{
	struct zonefile_scan *scan = joining->scan;
	const size_t start = scan->at;
	bool more = true;
	while (more && scan->at < scan->content.len) {
		if (is_line_end(scan)) {
			more = !joining->quoted && line_next(joining);
		} else if (!char_join(joining)) {
			return false;
		}
		if (scan->at - start > ZONEFILE_MAX_LINE) {
			return fail_at(
			    scan, start, "the record is longer than 64 KiB");
		}
	}
	return all_closed(joining);
}

bool
zonefile_scan_next(struct zonefile_scan *scan, struct zonefile_entry *ret)
{
	struct joining joining = { .scan = scan, .to = buf_new(scan->arena) };
	assert(scan->line > 0 && !scan->fault);
	if (scan->at >= scan->content.len) {
		return false;
	}
	const char first = scan->content.at[scan->at];
	*ret = (struct zonefile_entry){
		.line = scan->line,
		.indented = first == ' ' || first == '\t',
	};
	buf_adds(&joining.to, "");
	if (!lines_join(&joining)) {
		return false;
	}
	assert(!joining.quoted && joining.depth == 0);
	ret->text = str_trim(buf_str(&joining.to));
	ret->cut = joining.cut;
	return true;
}

struct str
zonefile_word_cut(struct str *rest)
{
	size_t end = 0;
	bool quoted = false;
	*rest = str_trim(*rest);
	while (end < rest->len && (quoted || rest->at[end] != ' ')) {
		if (rest->at[end] == '\\') {
			end++;
		} else if (rest->at[end] == '"') {
			quoted = !quoted;
		}
		end++;
	}
	const struct str word = str_slice(*rest, 0, end);
	*rest = str_from(*rest, end);
	return word;
}

/** Takes the escape after a backslash off *rest* (RFC 1035 5.1). */
static bool
escape_cut(struct str *rest, struct buf *to)
{
	unsigned long value = 0;
	if (rest->len == 0) {
		return false;
	}
	if (!char_is_digit(rest->at[0])) {
		buf_addc(to, rest->at[0]);
		*rest = str_from(*rest, 1);
		return true;
	}
	const struct str digits = str_slice(*rest, 0, 3);
	if (digits.len < 3 || !str_number(digits, 255, &value)) {
		return false;
	}
	buf_addc(to, (char)value);
	*rest = str_from(*rest, 3);
	return true;
}

bool
zonefile_string_cut(struct arena *arena, struct str *rest, struct str *ret,
    const char **ret_fault)
{
	struct buf to = buf_new(arena);
	*ret_fault = NULL;
	*rest = str_trim(*rest);
	if (rest->len == 0) {
		return false;
	}
	const bool quoted = str_starts(*rest, STR("\""));
	buf_adds(&to, "");
	*rest = str_from(*rest, quoted);
	while (rest->len > 0) {
		const char c = rest->at[0];
		if (c == '"' || (c == ' ' && !quoted)) {
			break;
		}
		*rest = str_from(*rest, 1);
		if (c != '\\') {
			buf_addc(&to, c);
		} else if (!escape_cut(rest, &to)) {
			*ret_fault = "a backslash stands before neither one "
				     "character nor three digits up to 255";
			return false;
		}
	}
	*rest = str_from(*rest, quoted);
	*ret = buf_str(&to);
	return true;
}
