/* SPDX-License-Identifier: MIT */
/*
 * IvyMail's API response: the envelope, its data alone, or a bare array of
 * records. The records are the first array whose members are objects with a
 * type, a name and a value, however they are spelt.
 */
#include "base/arena.h"
#include "base/err.h"
#include "base/jsonin.h"
#include "dns/domain.h"
#include "expect/json_place.h"
#include "expect/list.h"

#include <jansson.h>

#include <assert.h>

enum {
	DEEPEST = 16, /* nesting that is searched */
};

/** The members of an object that make a record. */
struct members {
	json_t *value[LIST_PARTS]; /* NULL: there is none */
	size_t index[LIST_PARTS];  /* which member it is */
};

/** The way from the root to a value, by the number of each child. */
struct way {
	size_t index[DEEPEST];
	size_t len;
};

/** What kind of array is searched for. */
typedef bool array_fn(json_t *array);

/** True if *value* serves better as *part* than what was found so far. */
static bool
is_better(enum list_part part, const json_t *have, const json_t *value)
{
	enum rrtype type;
	if (!have || part == LIST_PRIORITY) {
		return !have;
	}
	if (!json_is_string(have)) {
		return json_is_string(value);
	}
	return part == LIST_TYPE && !rrtype_parse(jsonin_text(have), &type) &&
	       rrtype_parse(jsonin_text(value), &type);
}

static struct members
members_find(json_t *object)
{
	struct members members = { 0 };
	size_t index = 0;
	const char *key;
	json_t *value;
	json_object_foreach(object, key, value)
	{
		const enum list_part part = list_part_of(str_of(key));
		if (part != LIST_PARTS &&
		    is_better(part, members.value[part], value)) {
			members.value[part] = value;
			members.index[part] = index;
		}
		index++;
	}
	return members;
}

static bool
is_record(json_t *object)
{
	const struct members members = members_find(object);
	return json_is_string(members.value[LIST_TYPE]) &&
	       json_is_string(members.value[LIST_NAME]) &&
	       json_is_string(members.value[LIST_VALUE]);
}

static bool
is_record_array(json_t *array)
{
	size_t i;
	json_t *item;
	json_array_foreach(array, i, item)
	{
		if (!json_is_object(item) || !is_record(item)) {
			return false;
		}
	}
	return json_array_size(array) > 0;
}

/** True if the array was meant: a member has most of what makes a record. */
static bool
is_nearly_record_array(json_t *array)
{
	size_t i;
	json_t *item;
	bool nearly = false;
	json_array_foreach(array, i, item)
	{
		const struct members members = members_find(item);
		nearly = nearly || (members.value[LIST_TYPE] != NULL) +
					   (members.value[LIST_NAME] != NULL) +
					   (members.value[LIST_VALUE] != NULL) >
				       1;
		if (!json_is_object(item)) {
			return false;
		}
	}
	return nearly;
}

static json_t *array_find(
    json_t *value, array_fn *is_wanted, unsigned depth, struct way *way);

/** Searches the child number *index*, and notes the way. */
static json_t *
child_search(json_t *child, size_t index, array_fn *is_wanted, unsigned depth,
    struct way *way)
{
	assert(way->len < DEEPEST);
	way->index[way->len++] = index;
	json_t *found = array_find(child, is_wanted, depth, way);
	way->len -= found ? 0 : 1;
	return found;
}

/** The first array that is wanted in *value*, in the order of the text. */
static json_t *
array_find(json_t *value, array_fn *is_wanted, unsigned depth, struct way *way)
{
	const char *key;
	size_t i;
	json_t *item;
	json_t *found = NULL;
	if (json_is_array(value) && is_wanted(value)) {
		return value;
	}
	if (depth == 0) {
		return NULL;
	}
	json_array_foreach(value, i, item)
	{
		found = found
			    ? found
			    : child_search(item, i, is_wanted, depth - 1, way);
	}
	i = 0;
	json_object_foreach(value, key, item)
	{
		found = found
			    ? found
			    : child_search(item, i, is_wanted, depth - 1, way);
		i++;
	}
	return found;
}

/** True if there is any array in *value* that has members. */
static bool
holds_array(json_t *value, unsigned depth)
{
	const char *key;
	json_t *item;
	bool holds = json_array_size(value) > 0;
	if (depth > 0 && !holds) {
		json_object_foreach(value, key, item)
		{
			holds = holds || holds_array(item, depth - 1);
		}
	}
	return holds;
}

/** Text of *value*; a number as it is written. */
static struct str
cell_of(struct arena *arena, const json_t *value)
{
	return json_is_integer(value)
		   ? str_print(
			 arena, "%lld", (long long)json_integer_value(value))
		   : jsonin_text(value);
}

/** Says what of the record at *at* is missing; true if nothing is. */
static bool
parts_check(const struct expect_list *list, const struct members *members,
    size_t at, struct err *reterr)
{
	static const struct {
		enum list_part part;
		const char *missing;
		const char *other;
	} rows[] = {
		{ LIST_TYPE, "the record has no \"type\"",
		    "the \"type\" of the record is not a text" },
		{ LIST_NAME, "the record has no \"name\"",
		    "the \"name\" of the record is not a text" },
		{ LIST_VALUE, "the record has no \"value\"",
		    "the \"value\" of the record is not a text" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const json_t *value = members->value[rows[i].part];
		if (!json_is_string(value)) {
			return list_wrong(list, at,
			    value ? rows[i].other : rows[i].missing, reterr);
		}
	}
	const json_t *priority = members->value[LIST_PRIORITY];
	return !priority || json_is_null(priority) ||
	       json_is_integer(priority) || json_is_string(priority) ||
	       list_wrong(list, at,
		   "the priority is not a number of 0 to 65535", reterr);
}

/** Adds the record *object*, which begins at *at*. */
static bool
row_add(struct expect_list *list, json_t *object, size_t at, struct err *reterr)
{
	const struct members members = members_find(object);
	struct list_row row = { .at = at, .members = true };
	assert(str_starts(str_from(list->content, at), STR("{")));
	if (!parts_check(list, &members, at, reterr)) {
		return false;
	}
	for (size_t i = 0; i < LIST_PARTS; i++) {
		if (members.value[i]) {
			row.cells[i].text =
			    cell_of(list->arena, members.value[i]);
			row.cells[i].at = members.index[i] + 1;
		}
	}
	return list_add(list, &row, reterr);
}

static bool
rows_add(struct expect_list *list, json_t *array, const struct way *way,
    struct err *reterr)
{
	size_t at = json_place_root(list->content);
	size_t i;
	assert(json_array_size(array) > 0);
	json_t *item;
	for (size_t step = 0; step < way->len; step++) {
		at = json_place_child(list->content, at, way->index[step]);
	}
	at = json_place_child(list->content, at, 0);
	json_array_foreach(array, i, item)
	{
		if (!row_add(list, item, at, reterr)) {
			return false;
		}
		at = json_place_next(list->content, at);
	}
	return true;
}

/** The API said no: its own words are the message. */
static bool
refused(const struct expect_list *list, json_t *root, struct err *reterr)
{
	json_t *error = json_object_get(root, "error");
	if (json_is_object(error)) {
		error = json_object_get(error, "message");
	}
	if (!json_is_string(error)) {
		error = json_object_get(root, "message");
	}
	const struct str said = list_quote(list->arena, jsonin_text(error));
	return err_set(reterr, ERR_INPUT,
	    "%.*s: the API answered with an error%s%.*s", STR_ARG(list->file),
	    said.len > 0 ? ": " : "", STR_ARG(said));
}

/** Takes the domain and region that the object names. */
static bool
facts_take(struct expect_list *list, json_t *object, struct err *reterr)
{
	const struct str domain =
	    jsonin_text(json_object_get(object, "domain"));
	const struct str region =
	    jsonin_text(json_object_get(object, "region"));
	struct domain read;
	struct err why = { 0 };
	if (domain.len > 0) {
		if (!domain_read(list->arena, domain, &read, &why)) {
			(void)err_set(reterr, why.code, "%.*s: its domain %s",
			    STR_ARG(list->file), why.text);
			return why.hint[0] != '\0' &&
			       err_hint(reterr, "%s", why.hint);
		}
		list->domain = read.name;
	}
	if (region.len > 0) {
		list->region = str_copy(list->arena, region);
	}
	return true;
}

static bool
root_read(struct expect_list *list, json_t *root, struct err *reterr)
{
	struct way way = { 0 };
	if (json_is_false(json_object_get(root, "success"))) {
		return refused(list, root, reterr);
	}
	if (!facts_take(list, root, reterr) ||
	    !facts_take(list, json_object_get(root, "data"), reterr)) {
		return false;
	}
	json_t *array = array_find(root, is_record_array, DEEPEST, &way);
	if (!array) {
		array = array_find(root, is_nearly_record_array, DEEPEST, &way);
	}
	if (array) {
		return rows_add(list, array, &way, reterr);
	}
	/* A line of a batch may name a domain and nothing else. */
	if (name_is_set(list->domain) && !holds_array(root, DEEPEST)) {
		return true;
	}
	(void)err_set(reterr, ERR_INPUT,
	    "%.*s: there is no list of records "
	    "in it",
	    STR_ARG(list->file));
	return err_hint(reterr, "Expected: an array of objects with \"type\", "
				"\"name\" and \"value\".");
}

/** What keeps the text from being JSON, in words that repeat none of it. */
static const char *
fault_of(const json_error_t *error)
{
	switch (json_error_code(error)) {
	case json_error_invalid_utf8:
		return "the text is not UTF-8";
	case json_error_premature_end_of_input:
		return "the JSON ends too early: something is not closed";
	case json_error_end_of_input_expected:
		return "something follows after the end of the JSON";
	case json_error_duplicate_key:
		return "a key stands twice in one JSON object";
	case json_error_stack_overflow:
		return "the JSON is nested too deeply";
	case json_error_null_character:
	case json_error_null_byte_in_key:
		return "a text has a zero byte in it";
	default:
		return "this is not JSON";
	}
}

/** Says where the JSON is not what it should be. */
static bool
fail_json(const struct expect_list *list, const json_error_t *error,
    struct err *reterr)
{
	/* At the end of a line the parser counts from 0. */
	const int column = error->column > 0 ? error->column : 1;
	if (list->is_line) {
		return err_set(reterr, ERR_INPUT, "%.*s, column %d: %s",
		    STR_ARG(list->file), column, fault_of(error));
	}
	return err_set(reterr, ERR_INPUT, "%.*s, line %d, column %d: %s",
	    STR_ARG(list->file), error->line, column, fault_of(error));
}

bool
list_read_json(struct expect_list *list, struct err *reterr)
{
	json_error_t error;
	json_t *root = jsonin_load(list->content, &error);
	if (!root) {
		return fail_json(list, &error, reterr);
	}
	const bool read = root_read(list, root, reterr);
	json_decref(root);
	return read;
}
