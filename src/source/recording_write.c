/* SPDX-License-Identifier: MIT */
/* A recording as JSON, one question a line. */
#include "source/recording.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "dns/rdata.h"

#include <jansson.h>

#include <assert.h>
#include <stdlib.h>

/** Lower-case hexadecimal of *bytes*. */
static json_t *
hex_of(struct arena *arena, struct str bytes)
{
	struct buf hex = buf_new(arena);
	for (size_t i = 0; i < bytes.len; i++) {
		buf_addf(&hex, "%02x", (unsigned char)bytes.at[i]);
	}
	return json_stringn(hex.len > 0 ? hex.at : "", hex.len);
}

static json_t *
text_of(struct str text)
{
	return json_stringn(text.len > 0 ? text.at : "", text.len);
}

static void
set(json_t *object, const char *key, json_t *value)
{
	const int failed = json_object_set_new(object, key, value);
	assert(!failed);
}

static json_t *
rr_object(struct arena *arena, const struct rr *rr)
{
	struct buf rdata = buf_new(arena);
	json_t *object = json_object();
	rdata_write(&rdata, rr);
	set(object, "name", text_of(name_text(arena, rr->owner)));
	set(object, "type", text_of(rrtype_text(arena, rr->type)));
	set(object, "ttl", json_integer(rr->ttl));
	set(object, "rdata", hex_of(arena, buf_str(&rdata)));
	return object;
}

/** Sets *key* to the records, if there are any. */
static void
set_rrs(struct arena *arena, json_t *object, const char *key,
    const struct rr *rrs, size_t len)
{
	if (len == 0) {
		return;
	}
	json_t *array = json_array();
	for (size_t i = 0; i < len; i++) {
		json_array_append_new(array, rr_object(arena, &rrs[i]));
	}
	set(object, key, array);
}

static void
set_server(struct arena *arena, json_t *object, struct server_addr server)
{
	if (server.addr.family != ADDR_NONE) {
		set(object, "server", text_of(server_addr_text(arena, server)));
	}
}

static void
set_flag(json_t *object, const char *key, bool flag)
{
	if (flag) {
		set(object, key, json_true());
	}
}

static json_t *
question_object(struct arena *arena, const struct question *question)
{
	const bool resolver = question->side == SIDE_RESOLVER;
	json_t *object = json_object();
	set(object, "name", text_of(name_text(arena, question->name)));
	set(object, "type", text_of(rrtype_text(arena, question->type)));
	set(object, "side",
	    json_string(resolver ? "resolver" : "authoritative"));
	set_server(arena, object, question->server);
	set_flag(object, "checking_disabled", question->checking_disabled);
	if (question->again > 0) {
		set(object, "again", json_integer(question->again));
	}
	return object;
}

static json_t *
answer_object(struct arena *arena, const struct answer *answer)
{
	json_t *object = json_object();
	set(object, "status", json_string(answer_status_word(answer->status)));
	set(object, "rcode", json_integer(answer->rcode));
	set_flag(object, "authoritative", answer->authoritative);
	set_flag(object, "authenticated", answer->authenticated);
	set_flag(object, "over_tcp", answer->over_tcp);
	set_server(arena, object, answer->server);
	set(object, "at", json_integer(answer->at));
	set_rrs(arena, object, "chain", answer->chain, answer->chain_len);
	set_rrs(arena, object, "records", answer->rrs, answer->rrs_len);
	set_rrs(arena, object, "soa", answer->soa, answer->soa ? 1 : 0);
	set_rrs(
	    arena, object, "referral", answer->referral, answer->referral_len);
	if (answer->ede > 0) {
		set(object, "ede", json_integer(answer->ede - 1));
		set(object, "ede_text", hex_of(arena, answer->ede_text));
	}
	return object;
}

static json_t *
texts_array(const struct str *texts, size_t len)
{
	json_t *array = json_array();
	for (size_t i = 0; i < len; i++) {
		json_array_append_new(array, text_of(texts[i]));
	}
	return array;
}

/** Adds *object* on one line and frees it. */
static void
add_line(struct buf *to, json_t *object)
{
	char *text = json_dumps(object, JSON_COMPACT | JSON_ENSURE_ASCII);
	assert(text);
	buf_adds(to, text);
	free(text);
	json_decref(object);
}

struct str
recording_text(struct arena *arena, const struct recording *recording)
{
	struct buf to = buf_new(arena);
	const struct recorded *item;
	buf_adds(&to, "{\"schema\":\"ivycheck/recording/1\",\n\"now\":");
	buf_addf(&to, "%lld,\n\"domains\":", (long long)recording->now);
	add_line(
	    &to, texts_array(recording->domains.at, recording->domains.len));
	buf_adds(&to, ",\n\"resolvers\":");
	add_line(&to,
	    texts_array(recording->resolvers.at, recording->resolvers.len));
	buf_adds(&to, ",\n\"answers\":[\n");
	vec_foreach(item, &recording->answers) {
		json_t *object = json_object();
		set(object, "question",
		    question_object(arena, &item->question));
		set(object, "answer", answer_object(arena, item->answer));
		buf_adds(&to, item == recording->answers.at ? "" : ",\n");
		add_line(&to, object);
	}
	buf_adds(&to, "\n]}\n");
	return buf_str(&to);
}
