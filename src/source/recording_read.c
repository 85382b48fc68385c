/* SPDX-License-Identifier: MIT */
/* Reading a recording back; it may come from anybody, so nothing is trusted. */
#include "source/recording.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/jsonin.h"
#include "dns/rdata.h"

#include <jansson.h>

#include <assert.h>

/** A reader that remembers the first thing that was not as it should be. */
struct reader {
	struct arena *arena;
	const char *wrong; /* NULL so far */
};

static void
refuse(struct reader *reader, const char *wrong)
{
	if (!reader->wrong) {
		reader->wrong = wrong;
	}
}

/** The string at *key*; empty if it is not there. */
static struct str
get_text(const json_t *object, const char *key)
{
	return jsonin_text(json_object_get(object, key));
}

static int64_t
get_number(
    struct reader *reader, const json_t *object, const char *key, int64_t most)
{
	const json_t *value = json_object_get(object, key);
	const int64_t number = json_integer_value(value);
	if (value && (!json_is_integer(value) || number < 0 || number > most)) {
		refuse(reader, "a number is out of range");
		return 0;
	}
	return number;
}

static bool
get_flag(const json_t *object, const char *key)
{
	return json_is_true(json_object_get(object, key));
}

static struct name
get_name(struct reader *reader, const json_t *object)
{
	struct name name = { 0 };
	if (name_parse(reader->arena, get_text(object, "name"), &name) !=
	    NAME_OK) {
		refuse(reader, "a name is not one");
	}
	return name;
}

static enum rrtype
get_type(struct reader *reader, const json_t *object)
{
	enum rrtype type = RRTYPE_NONE;
	if (!rrtype_parse(get_text(object, "type"), &type)) {
		refuse(reader, "a type is not one");
	}
	return type;
}

static struct server_addr
get_server(struct reader *reader, const json_t *object)
{
	struct server_addr server = { .port = 0 };
	const struct str text = get_text(object, "server");
	if (text.len > 0 && !server_addr_parse(text, &server)) {
		refuse(reader, "a server is not an address");
	}
	return server;
}

static int
digit_of(char c)
{
	const char lower = char_lower(c);
	if (char_is_digit(c)) {
		return c - '0';
	}
	return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

static struct str
get_hex(struct reader *reader, const json_t *object, const char *key)
{
	const struct str text = get_text(object, key);
	char *bytes = arena_alloc(reader->arena, text.len / 2 + 1);
	for (size_t i = 0; i + 1 < text.len; i += 2) {
		const int high = digit_of(text.at[i]);
		const int low = digit_of(text.at[i + 1]);
		if (high < 0 || low < 0) {
			refuse(reader, "hexadecimal text is not");
			break;
		}
		bytes[i / 2] = (char)(high << 4 | low);
	}
	if (text.len % 2 != 0) {
		refuse(reader, "hexadecimal text is not");
	}
	return (struct str){ .at = bytes, .len = text.len / 2 };
}

static struct rr
get_rr(struct reader *reader, const json_t *object)
{
	struct rr rr = {
		.owner = get_name(reader, object),
		.type = get_type(reader, object),
		.ttl = (uint32_t)get_number(reader, object, "ttl", UINT32_MAX),
	};
	if (!rdata_read(reader->arena, get_hex(reader, object, "rdata"), &rr)) {
		refuse(reader, "the rdata of a record is malformed");
	}
	return rr;
}

/** The records at *key*; all of *type* unless that is RRTYPE_NONE. */
static const struct rr *
get_rrs(struct reader *reader, const json_t *object, const char *key,
    enum rrtype type, size_t *ret_len)
{
	const json_t *array = json_object_get(object, key);
	const size_t len = json_array_size(array);
	*ret_len = len;
	if (len == 0) {
		return NULL;
	}
	struct rr *rrs = ARENA_ARRAY(reader->arena, struct rr, len);
	for (size_t i = 0; i < len; i++) {
		rrs[i] = get_rr(reader, json_array_get(array, i));
		if (type != RRTYPE_NONE && rrs[i].type != type) {
			refuse(reader, "a record has the wrong type");
		}
	}
	return rrs;
}

static enum answer_status
get_status(struct reader *reader, const json_t *object)
{
	const struct str word = get_text(object, "status");
	for (enum answer_status status = ANSWER_FOUND; status <= ANSWER_OUTSIDE;
	     status++) {
		if (str_eq(word, str_of(answer_status_word(status)))) {
			return status;
		}
	}
	refuse(reader, "a status is unknown");
	return ANSWER_OUTSIDE;
}

static struct question
get_question(struct reader *reader, const json_t *object)
{
	const struct str side = get_text(object, "side");
	struct question question = {
		.name = get_name(reader, object),
		.type = get_type(reader, object),
		.side = str_eq(side, STR("authoritative")) ? SIDE_AUTHORITATIVE
							   : SIDE_RESOLVER,
		.server = get_server(reader, object),
		.checking_disabled = get_flag(object, "checking_disabled"),
		.again =
		    (uint8_t)get_number(reader, object, "again", UINT8_MAX),
	};
	if (question.side == SIDE_AUTHORITATIVE &&
	    question.server.addr.family == ADDR_NONE) {
		refuse(reader, "a question to the zone names no server");
	}
	return question;
}

/** What the status promises must be there, see dns/answer.h. */
static void
check_answer(
    struct reader *reader, enum rrtype type, const struct answer *answer)
{
	const bool found = answer->status == ANSWER_FOUND;
	if (found != (answer->rrs_len > 0)) {
		refuse(reader, "status and records contradict each other");
	}
	for (size_t i = 0; i < answer->rrs_len; i++) {
		if (answer->rrs[i].type != type) {
			refuse(reader, "a record has the wrong type");
		}
	}
	if (answer->chain_len > ANSWER_MAX_CHAIN) {
		refuse(reader, "a chain of CNAMEs is too long");
	}
}

static const struct answer *
get_answer(struct reader *reader, const json_t *object, enum rrtype type)
{
	struct answer *answer = ARENA_NEW(reader->arena, struct answer);
	size_t soas = 0;
	answer->status = get_status(reader, object);
	answer->rcode =
	    (uint16_t)get_number(reader, object, "rcode", UINT16_MAX);
	answer->authoritative = get_flag(object, "authoritative");
	answer->authenticated = get_flag(object, "authenticated");
	answer->over_tcp = get_flag(object, "over_tcp");
	answer->server = get_server(reader, object);
	answer->at = get_number(reader, object, "at", INT64_MAX);
	answer->chain =
	    get_rrs(reader, object, "chain", RRTYPE_CNAME, &answer->chain_len);
	answer->rrs =
	    get_rrs(reader, object, "records", RRTYPE_NONE, &answer->rrs_len);
	answer->soa = get_rrs(reader, object, "soa", RRTYPE_SOA, &soas);
	answer->referral = get_rrs(
	    reader, object, "referral", RRTYPE_NS, &answer->referral_len);
	if (json_object_get(object, "ede")) {
		answer->ede = (uint16_t)(1 + get_number(reader, object, "ede",
						 UINT16_MAX - 1));
		answer->ede_text = get_hex(reader, object, "ede_text");
	}
	check_answer(reader, type, answer);
	return answer;
}

static void
get_texts(struct reader *reader, const json_t *array, size_t *ret_len,
    struct str **ret)
{
	const size_t len = json_array_size(array);
	*ret = ARENA_ARRAY(reader->arena, struct str, len + 1);
	*ret_len = len;
	for (size_t i = 0; i < len; i++) {
		(*ret)[i] = str_copy(
		    reader->arena, jsonin_text(json_array_get(array, i)));
	}
}

static void
read_root(struct reader *reader, const json_t *root, struct recording *ret)
{
	const json_t *answers = json_object_get(root, "answers");
	if (!str_eq(get_text(root, "schema"), STR("ivycheck/recording/1")) ||
	    !json_is_array(answers)) {
		refuse(reader, "it is not a recording of this version");
		return;
	}
	ret->now = get_number(reader, root, "now", INT64_MAX);
	get_texts(reader, json_object_get(root, "domains"), &ret->domains.len,
	    &ret->domains.at);
	get_texts(reader, json_object_get(root, "resolvers"),
	    &ret->resolvers.len, &ret->resolvers.at);
	for (size_t i = 0; i < json_array_size(answers) && !reader->wrong;
	     i++) {
		const json_t *pair = json_array_get(answers, i);
		struct recorded item = { .question = get_question(
					     reader, json_object_get(
							 pair, "question")) };
		item.answer = get_answer(reader,
		    json_object_get(pair, "answer"), item.question.type);
		vec_push(reader->arena, &ret->answers, item);
	}
}

bool
recording_read(struct arena *arena, struct str file, struct str content,
    struct recording *ret, struct err *reterr)
{
	struct reader reader = { .arena = arena };
	json_error_t where;
	*ret = (struct recording){ 0 };
	json_t *root = jsonin_load(content, &where);
	if (!root) {
		return err_set(reterr, ERR_INPUT,
		    "%.*s, line %d: this is not JSON", STR_ARG(file),
		    where.line);
	}
	read_root(&reader, root, ret);
	json_decref(root);
	if (reader.wrong) {
		return err_set(reterr, ERR_INPUT, "%.*s, answer %zu: %s",
		    STR_ARG(file), ret->answers.len, reader.wrong);
	}
	return true;
}
