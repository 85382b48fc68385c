/* SPDX-License-Identifier: MIT */
/*
 * IvyMail's API response: the envelope, its data alone, or a bare array of
 * records. The records are the first array whose members are objects with a
 * type, a name and a value, however they are spelt.
 */
#include "base/arena.h"
#include "base/err.h"
#include "expect/list.h"

#include <jansson.h>

#include <assert.h>

enum {
	DEEPEST = 16, /* nesting that is searched */
};

/** What of a record a key may be. */
enum part {
	PART_TYPE,
	PART_NAME,
	PART_VALUE,
	PART_PRIORITY,
	PARTS,
};

/** What a key is. */
struct key_row {
	const char *key;
	enum part part;
};

/* Keys without case, "_" and "-": recordType and record_type are one. */
static const struct key_row KEYS[] = {
	{ "type", PART_TYPE },
	{ "recordtype", PART_TYPE },
	{ "name", PART_NAME },
	{ "host", PART_NAME },
	{ "hostname", PART_NAME },
	{ "value", PART_VALUE },
	{ "content", PART_VALUE },
	{ "data", PART_VALUE },
	{ "target", PART_VALUE },
	{ "priority", PART_PRIORITY },
	{ "preference", PART_PRIORITY },
};

static bool
key_is(const char *key, const char *want)
{
	for (; *key != '\0'; key++) {
		if (*key == '_' || *key == '-') {
			continue;
		}
		if (char_lower(*key) != *want) {
			return false;
		}
		want++;
	}
	return *want == '\0';
}

/** The members of *object* that make a record; NULL where there is none. */
static bool
record_find(json_t *object, json_t *parts[PARTS])
{
	const char *key;
	json_t *value;
	for (size_t i = 0; i < PARTS; i++) {
		parts[i] = NULL;
	}
	json_object_foreach(object, key, value)
	{
		for (size_t i = 0; i < sizeof(KEYS) / sizeof(*KEYS); i++) {
			if (key_is(key, KEYS[i].key) && !parts[KEYS[i].part]) {
				parts[KEYS[i].part] = value;
			}
		}
	}
	return json_is_string(parts[PART_TYPE]) &&
	       json_is_string(parts[PART_NAME]) &&
	       json_is_string(parts[PART_VALUE]);
}

static bool
is_record_array(json_t *array)
{
	json_t *parts[PARTS];
	size_t i;
	json_t *item;
	json_array_foreach(array, i, item)
	{
		if (!json_is_object(item) || !record_find(item, parts)) {
			return false;
		}
	}
	return json_array_size(array) > 0;
}

/** The first array of records in *value*, in the order of the text. */
static json_t *
array_find(json_t *value, unsigned depth)
{
	const char *key;
	size_t i;
	json_t *item;
	json_t *found = NULL;
	if (depth == 0) {
		return NULL;
	}
	if (json_is_array(value)) {
		if (is_record_array(value)) {
			return value;
		}
		json_array_foreach(value, i, item)
		{
			found = found ? found : array_find(item, depth - 1);
		}
		return found;
	}
	json_object_foreach(value, key, item)
	{
		found = found ? found : array_find(item, depth - 1);
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

static struct str
text_of(const json_t *value)
{
	return json_is_string(value)
		   ? (struct str){ .at = json_string_value(value),
			     .len = json_string_length(value) }
		   : (struct str){ 0 };
}

static bool
rows_add(struct expect_list *list, json_t *array, struct err *reterr)
{
	size_t i;
	json_t *item;
	json_array_foreach(array, i, item)
	{
		json_t *parts[PARTS];
		(void)record_find(item, parts);
		const json_t *priority = parts[PART_PRIORITY];
		const struct str where =
		    str_print(list->arena, "record %zu", i + 1);
		struct list_row row = {
			.type = text_of(parts[PART_TYPE]),
			.name = text_of(parts[PART_NAME]),
			.value = text_of(parts[PART_VALUE]),
			.priority = text_of(priority),
			.where = where.at,
		};
		if (json_is_integer(priority)) {
			row.priority = str_print(list->arena, "%lld",
			    (long long)json_integer_value(priority));
		}
		if (!list_add(list, &row, reterr)) {
			return false;
		}
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
	const struct str said = list_quote(list->arena, text_of(error));
	return err_set(reterr, ERR_INPUT,
	    "%.*s: the API answered with an error%s%.*s", STR_ARG(list->file),
	    said.len > 0 ? ": " : "", STR_ARG(said));
}

/** Takes the domain and region that the object names. */
static bool
facts_take(struct expect_list *list, json_t *object, struct err *reterr)
{
	const struct str domain = text_of(json_object_get(object, "domain"));
	const struct str region = text_of(json_object_get(object, "region"));
	if (domain.len > 0 &&
	    name_parse(list->arena, domain, &list->domain) != NAME_OK) {
		const struct str quote = list_quote(list->arena, domain);
		return err_set(reterr, ERR_INPUT,
		    "%.*s: its domain \"%.*s\" is not a domain name",
		    STR_ARG(list->file), STR_ARG(quote));
	}
	if (region.len > 0) {
		list->region = str_copy(list->arena, region);
	}
	return true;
}

static bool
root_read(struct expect_list *list, json_t *root, struct err *reterr)
{
	json_t *data = json_object_get(root, "data");
	if (json_is_false(json_object_get(root, "success"))) {
		return refused(list, root, reterr);
	}
	if (!facts_take(list, root, reterr) ||
	    !facts_take(list, data, reterr)) {
		return false;
	}
	json_t *array = array_find(root, DEEPEST);
	/* A line of a batch may name a domain and nothing else. */
	if (!array && name_is_set(list->domain) &&
	    !holds_array(root, DEEPEST)) {
		return true;
	}
	if (!array) {
		(void)err_set(reterr, ERR_INPUT,
		    "%.*s: there is no list of records in it",
		    STR_ARG(list->file));
		return err_hint(reterr,
		    "expected an array of objects with \"type\", \"name\" "
		    "and \"value\"");
	}
	return rows_add(list, array, reterr);
}

bool
list_read_json(struct expect_list *list, struct str content, struct err *reterr)
{
	json_error_t where;
	if (str_starts(content, STR("\xef\xbb\xbf"))) {
		content = str_from(content, 3);
	}
	json_t *root = json_loadb(content.at, content.len, 0, &where);
	if (!root) {
		return err_set(reterr, ERR_INPUT,
		    "%.*s, line %d, column %d: this is not JSON",
		    STR_ARG(list->file), where.line, where.column);
	}
	const bool read = root_read(list, root, reterr);
	json_decref(root);
	return read;
}
