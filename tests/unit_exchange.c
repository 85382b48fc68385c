/* SPDX-License-Identifier: MIT */
/* One question, its servers and the time, all in the hands of the test. */
#include "net/exchange.h"

#include "base/arena.h"

#include "packet.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <string.h>

enum {
	SECOND = 1000000,
	TIMEOUT = 5 * SECOND,
	RESOLVED = MESSAGE_QR | MESSAGE_RD | MESSAGE_RA,
};

static struct arena *arena;
static struct packet packet;
static struct question question;
static struct exchange exchange;
static int64_t now;
static uint16_t next_id;
static uint8_t query[QUERY_MAX];

static void
begin(void)
{
	arena = arena_new();
	question.name = name_of(arena, "a.org");
	question.type = RRTYPE_TXT;
	now = 77 * (int64_t)SECOND;
	next_id = 1000;
}

static void
end(void)
{
	arena_free(&arena);
}

TestSuite(exchange, .init = begin, .fini = end);

/** Takes note of what goes out, as a caller would. */
static enum exchange_act
done(enum exchange_act act)
{
	switch (act) {
	case EXCHANGE_SEND:
	case EXCHANGE_OPEN_UDP:
	case EXCHANGE_OPEN_TCP:
		exchange_query(&exchange, act, next_id++, query);
		break;
	case EXCHANGE_WAIT:
	case EXCHANGE_REST:
	case EXCHANGE_DONE:
		break;
	}
	return act;
}

static enum exchange_act
step(enum exchange_event_kind kind)
{
	const struct exchange_event event = { .kind = kind };
	return done(exchange_step(&exchange, &event, now));
}

static enum exchange_act
ask_servers(size_t servers, unsigned tries)
{
	exchange = (struct exchange){ .question = &question,
		.arena = arena,
		.servers_len = servers,
		.tries = tries,
		.deadline = now + TIMEOUT };
	for (size_t i = 0; i < servers; i++) {
		exchange.servers[i].addr.port = (uint16_t)(i + 1);
	}
	return step(EXCHANGE_BEGIN);
}

/** Lets the time come for which the exchange waits. */
static enum exchange_act
time_out(void)
{
	now = exchange.wake_at;
	return step(EXCHANGE_TIME);
}

static enum exchange_act
lose(enum exchange_loss loss)
{
	const struct exchange_event event = { .kind = EXCHANGE_LOST,
		.loss = loss };
	return done(exchange_step(&exchange, &event, now));
}

/** Delivers *packet* as it is. */
static enum exchange_act
deliver(void)
{
	const struct exchange_event event = { .kind = EXCHANGE_MESSAGE,
		.message = packet_message(&packet) };
	return done(exchange_step(&exchange, &event, now));
}

/** A response to the last query with the bits *flags* and one TXT. */
static void
response(unsigned flags)
{
	packet_begin(
	    &packet, exchange.id, RESOLVED | flags, "a.org", RRTYPE_TXT);
	packet_txt_rr(&packet, SECTION_ANSWER, "a.org", "here");
}

static enum exchange_act
answer(unsigned flags)
{
	response(flags);
	return deliver();
}

static void
expect_outcome(enum exchange_act act, enum answer_status want)
{
	cr_assert(eq(int, act, EXCHANGE_DONE));
	cr_expect(exchange.answer.status == want, "%s, not %s",
	    answer_status_word(exchange.answer.status),
	    answer_status_word(want));
}

static bool
query_has_opt(void)
{
	return query[11] == 1;
}

Test(exchange, ends_with_the_answer)
{
	cr_assert(eq(int, ask_servers(1, 3), EXCHANGE_OPEN_UDP));
	cr_expect(query_has_opt());
	expect_outcome(answer(0), ANSWER_FOUND);
	cr_expect(eq(u16, exchange.answer.server.port, 1));
	cr_expect(not(exchange.answer.over_tcp));
}

Test(exchange, waits_longer_each_time_and_fills_its_time)
{
	const int64_t start = now;
	ask_servers(1, 3);
	cr_expect(eq(i64, exchange.wake_at - now, TIMEOUT / 7));
	cr_assert(eq(int, time_out(), EXCHANGE_SEND));
	cr_expect(ge(i64, exchange.wake_at - now, TIMEOUT / 7 * 2));
	cr_assert(eq(int, time_out(), EXCHANGE_SEND));
	expect_outcome(time_out(), ANSWER_TIMEOUT);
	cr_expect(eq(i64, now - start, TIMEOUT));
}

Test(exchange, does_not_hurry_with_many_tries)
{
	ask_servers(1, 10);
	enum exchange_act act = EXCHANGE_SEND;
	for (int i = 0; i < 9; i++) {
		cr_expect(ge(i64, exchange.wake_at - now, 400000));
		act = time_out();
		cr_assert(eq(int, act, EXCHANGE_SEND));
	}
	expect_outcome(time_out(), ANSWER_TIMEOUT);
	cr_expect(eq(i64, now, exchange.deadline));
}

Test(exchange, does_not_mind_being_woken_early)
{
	ask_servers(1, 3);
	const int64_t wake_at = exchange.wake_at;
	now = wake_at - 1;
	cr_expect(eq(int, step(EXCHANGE_TIME), EXCHANGE_WAIT));
	cr_expect(eq(i64, exchange.wake_at, wake_at));
}

Test(exchange, repeats_the_id_so_that_a_late_answer_counts)
{
	ask_servers(1, 3);
	const uint16_t id = exchange.id;
	time_out();
	cr_expect(eq(u16, exchange.id, id));
	expect_outcome(answer(0), ANSWER_FOUND);
}

Test(exchange, a_dead_server_is_passed_by)
{
	ask_servers(3, 3);
	cr_assert(eq(int, time_out(), EXCHANGE_OPEN_UDP));
	cr_expect(eq(sz, exchange.current, 1));
	expect_outcome(answer(0), ANSWER_FOUND);
	cr_expect(eq(u16, exchange.answer.server.port, 2));
}

Test(exchange, all_servers_dead_ends_at_the_deadline)
{
	const int64_t start = now;
	int sends = 1;
	ask_servers(3, 3);
	enum exchange_act act = time_out();
	while (act != EXCHANGE_DONE) {
		cr_assert(eq(int, act, EXCHANGE_OPEN_UDP));
		act = time_out();
		sends++;
	}
	expect_outcome(act, ANSWER_TIMEOUT);
	cr_expect(eq(int, sends, 9));
	cr_expect(eq(i64, now - start, TIMEOUT));
}

Test(exchange, no_part_or_wrong_message_ends_the_wait)
{
	ask_servers(1, 3);
	response(0);
	const size_t whole = packet.len;
	for (size_t len = 0; len < whole; len++) {
		packet.len = len;
		cr_assert(eq(int, deliver(), EXCHANGE_WAIT));
	}
	packet_begin(&packet, exchange.id, RESOLVED, "b.org", RRTYPE_TXT);
	cr_assert(eq(int, deliver(), EXCHANGE_WAIT));
	packet_begin(&packet, exchange.id, 0, "a.org", RRTYPE_TXT);
	cr_assert(eq(int, deliver(), EXCHANGE_WAIT));
	expect_outcome(answer(0), ANSWER_FOUND);
}

Test(exchange, noise_until_the_end_of_a_wait_leads_to_tcp)
{
	ask_servers(1, 3);
	response(0);
	packet.len--;
	const int64_t wake_at = exchange.wake_at;
	cr_assert(eq(int, deliver(), EXCHANGE_WAIT));
	cr_expect(eq(i64, exchange.wake_at, wake_at));
	cr_assert(eq(int, time_out(), EXCHANGE_OPEN_TCP));
	expect_outcome(answer(0), ANSWER_FOUND);
	cr_expect(exchange.answer.over_tcp);
}

Test(exchange, noise_leaves_time_for_tcp_even_with_one_try)
{
	ask_servers(1, 1);
	response(0);
	packet.len--;
	deliver();
	cr_expect(eq(i64, exchange.wake_at - now, TIMEOUT / 2));
	cr_assert(eq(int, time_out(), EXCHANGE_OPEN_TCP));
	response(0);
	packet.len--;
	expect_outcome(deliver(), ANSWER_MALFORMED);
}

Test(exchange, noise_by_tcp_too_leads_to_the_next_server)
{
	ask_servers(2, 3);
	response(0);
	packet.len--;
	deliver();
	cr_assert(eq(int, time_out(), EXCHANGE_OPEN_TCP));
	response(0);
	packet.len--;
	cr_assert(eq(int, deliver(), EXCHANGE_OPEN_UDP));
	cr_expect(eq(sz, exchange.current, 1));
	expect_outcome(answer(0), ANSWER_FOUND);
}

Test(exchange, the_first_guess_at_the_id_leads_to_tcp)
{
	ask_servers(1, 3);
	const uint16_t id = exchange.id;
	exchange.id = (uint16_t)(id + 1);
	response(0);
	exchange.id = id;
	cr_assert(eq(int, deliver(), EXCHANGE_OPEN_TCP));
	cr_expect(ne(u16, exchange.id, id));
	expect_outcome(answer(0), ANSWER_FOUND);
	cr_expect(exchange.answer.over_tcp);
}

/** Delivers a response under another id. */
static enum exchange_act
guess(void)
{
	response(0);
	packet.at[0] ^= 0x55;
	return deliver();
}

Test(exchange, where_tcp_is_closed_each_guess_costs_a_socket)
{
	ask_servers(1, 3);
	cr_assert(eq(int, guess(), EXCHANGE_OPEN_TCP));
	const uint16_t id = exchange.id;
	cr_assert(eq(int, lose(LOSS_REFUSED), EXCHANGE_OPEN_UDP));
	cr_expect(ne(u16, exchange.id, id));
	cr_assert(eq(int, guess(), EXCHANGE_OPEN_UDP));
	expect_outcome(guess(), ANSWER_MALFORMED);
}

Test(exchange, where_tcp_is_closed_the_true_answer_still_counts)
{
	ask_servers(1, 3);
	guess();
	cr_assert(eq(int, time_out(), EXCHANGE_OPEN_UDP));
	cr_expect(lt(i64, now, exchange.deadline));
	expect_outcome(answer(0), ANSWER_FOUND);
}

Test(exchange, truncation_is_seen_before_the_body)
{
	ask_servers(1, 3);
	response(MESSAGE_TC);
	packet.len -= 3;
	cr_assert(eq(int, deliver(), EXCHANGE_OPEN_TCP));
	expect_outcome(answer(MESSAGE_TC), ANSWER_FOUND);
}

Test(exchange, tcp_refused_after_truncation_is_unreachable)
{
	ask_servers(1, 3);
	cr_assert(eq(int, answer(MESSAGE_TC), EXCHANGE_OPEN_TCP));
	cr_assert(eq(int, lose(LOSS_REFUSED), EXCHANGE_REST));
	cr_assert(eq(int, time_out(), EXCHANGE_OPEN_TCP));
	expect_outcome(lose(LOSS_REFUSED), ANSWER_UNREACHABLE);
}

Test(exchange, tcp_that_stalls_ends_at_the_deadline)
{
	const int64_t start = now;
	ask_servers(1, 3);
	answer(MESSAGE_TC);
	expect_outcome(time_out(), ANSWER_TIMEOUT);
	cr_expect(eq(i64, now - start, TIMEOUT));
}

Test(exchange, tcp_that_stalls_leaves_time_for_the_next_server)
{
	ask_servers(2, 3);
	answer(MESSAGE_TC);
	cr_assert(eq(int, time_out(), EXCHANGE_OPEN_UDP));
	cr_expect(eq(sz, exchange.current, 1));
	expect_outcome(answer(0), ANSWER_FOUND);
}

Test(exchange, tcp_cut_in_the_middle_is_tried_once_more)
{
	ask_servers(1, 3);
	answer(MESSAGE_TC);
	cr_assert(eq(int, lose(LOSS_CUT), EXCHANGE_REST));
	cr_assert(eq(int, time_out(), EXCHANGE_OPEN_TCP));
	expect_outcome(lose(LOSS_CUT), ANSWER_MALFORMED);
}

Test(exchange, a_server_that_does_not_know_edns_is_asked_without)
{
	static const unsigned rcodes[] = { RCODE_FORMERR, RCODE_NOTIMP };
	for (size_t i = 0; i < 2; i++) {
		ask_servers(1, 3);
		cr_assert(eq(int, answer(rcodes[i]), EXCHANGE_OPEN_UDP));
		cr_expect(not(query_has_opt()));
		expect_outcome(answer(0), ANSWER_FOUND);
		ask_servers(1, 3);
		answer(rcodes[i]);
		expect_outcome(answer(rcodes[i]), ANSWER_ERROR);
		cr_expect(eq(u16, exchange.answer.rcode, (uint16_t)rcodes[i]));
	}
}

Test(exchange, an_unknown_version_of_edns_is_no_version)
{
	ask_servers(1, 3);
	packet_begin(&packet, exchange.id, RESOLVED, "a.org", RRTYPE_TXT);
	packet_rr(&packet, SECTION_ADDITIONAL, ".", TYPE_OPT);
	packet.at[packet.len - 6] = 1; /* BADVERS */
	packet_end_rr(&packet);
	cr_assert(eq(int, deliver(), EXCHANGE_OPEN_UDP));
	cr_expect(not(query_has_opt()));
}

Test(exchange, a_resolver_that_fails_is_passed_by)
{
	static const unsigned rcodes[] = { RCODE_SERVFAIL, RCODE_REFUSED, 9 };
	for (size_t i = 0; i < 3; i++) {
		ask_servers(2, 3);
		const int64_t start = now;
		cr_assert(eq(int, answer(rcodes[i]), EXCHANGE_OPEN_UDP));
		cr_expect(eq(sz, exchange.current, 1));
		expect_outcome(answer(0), ANSWER_FOUND);
		cr_expect(eq(i64, now, start));
	}
}

Test(exchange, the_most_telling_failure_is_the_outcome)
{
	ask_servers(3, 1);
	answer(RCODE_REFUSED);
	answer(RCODE_SERVFAIL);
	expect_outcome(time_out(), ANSWER_SERVFAIL);
	cr_expect(eq(u16, exchange.answer.server.port, 2));
}

Test(exchange, a_resolver_that_only_refers_is_passed_by)
{
	ask_servers(2, 3);
	packet_begin(&packet, exchange.id, MESSAGE_QR, "a.org", RRTYPE_TXT);
	cr_assert(eq(int, deliver(), EXCHANGE_OPEN_UDP));
	cr_expect(eq(sz, exchange.current, 1));
}

Test(exchange, a_server_without_a_route_is_given_up_at_once)
{
	ask_servers(1, 3);
	expect_outcome(lose(LOSS_NO_ROUTE), ANSWER_UNREACHABLE);
	ask_servers(2, 3);
	cr_assert(eq(int, lose(LOSS_NO_ROUTE), EXCHANGE_OPEN_UDP));
	expect_outcome(answer(0), ANSWER_FOUND);
}

Test(exchange, a_way_that_is_closed_tells_more_than_silence)
{
	ask_servers(1, 3);
	time_out();
	lose(LOSS_REFUSED);
	time_out();
	expect_outcome(lose(LOSS_REFUSED), ANSWER_UNREACHABLE);
}

Test(exchange, silence_tells_more_than_that_there_is_no_route)
{
	ask_servers(2, 1);
	lose(LOSS_NO_ROUTE);
	expect_outcome(time_out(), ANSWER_TIMEOUT);
	ask_servers(2, 1);
	time_out();
	expect_outcome(lose(LOSS_NO_ROUTE), ANSWER_TIMEOUT);
}

Test(exchange, a_server_that_is_not_there_is_tried_once_more)
{
	const int64_t start = now;
	ask_servers(1, 3);
	cr_assert(eq(int, lose(LOSS_REFUSED), EXCHANGE_REST));
	cr_assert(eq(int, time_out(), EXCHANGE_OPEN_UDP));
	expect_outcome(lose(LOSS_REFUSED), ANSWER_UNREACHABLE);
	cr_expect(lt(i64, now - start, SECOND));
}

Test(exchange, servers_that_are_not_there_are_all_tried_twice)
{
	ask_servers(3, 3);
	enum exchange_act act = EXCHANGE_OPEN_UDP;
	int opened = 0;
	while (act != EXCHANGE_DONE) {
		cr_assert(lt(int, opened, 7));
		opened += act == EXCHANGE_OPEN_UDP;
		act = act == EXCHANGE_REST ? time_out() : lose(LOSS_REFUSED);
	}
	cr_expect(eq(int, opened, 6));
	expect_outcome(act, ANSWER_UNREACHABLE);
}

Test(exchange, tcp_only_never_sends_by_udp)
{
	exchange = (struct exchange){ .question = &question,
		.arena = arena,
		.servers_len = 1,
		.tries = 2,
		.deadline = now + TIMEOUT };
	exchange.servers[0].tcp = true;
	cr_assert(eq(int, step(EXCHANGE_BEGIN), EXCHANGE_OPEN_TCP));
	cr_assert(eq(int, lose(LOSS_CLOSED), EXCHANGE_REST));
	cr_assert(eq(int, time_out(), EXCHANGE_OPEN_TCP));
	expect_outcome(answer(0), ANSWER_FOUND);
}

Test(exchange, after_the_deadline_nothing_is_sent)
{
	exchange = (struct exchange){ .question = &question,
		.arena = arena,
		.servers_len = 1,
		.tries = 3,
		.deadline = now };
	expect_outcome(step(EXCHANGE_BEGIN), ANSWER_TIMEOUT);
}

/** The next number of a small linear congruential generator. */
static unsigned
draw(unsigned *seed, unsigned below)
{
	*seed = *seed * 1664525U + 1013904223U;
	return (*seed >> 8) % below;
}

static enum exchange_act
misfortune(unsigned *seed)
{
	static const unsigned flags[] = { RCODE_SERVFAIL, RCODE_FORMERR,
		MESSAGE_TC, RCODE_REFUSED };
	switch (draw(seed, 5)) {
	case 0:
		return guess();
	case 1:
		return lose((enum exchange_loss)draw(seed, 4));
	case 2:
		return answer(flags[draw(seed, 4)]);
	case 3:
		response(0);
		packet.len -= draw(seed, (unsigned)packet.len);
		return deliver();
	default:
		return time_out();
	}
}

Test(exchange, ends_in_bounded_steps_and_time_whatever_comes)
{
	for (unsigned seed = 0; seed < 20000; seed++) {
		unsigned state = seed;
		const int64_t latest = now + TIMEOUT;
		enum exchange_act act =
		    ask_servers(1 + draw(&state, 3), 1 + draw(&state, 4));
		int steps = 0;
		while (act != EXCHANGE_DONE) {
			/* When at rest, there is nobody to hear from. */
			act = act == EXCHANGE_REST ? time_out()
						   : misfortune(&state);
			cr_assert(lt(int, ++steps, 200), "seed %u", seed);
		}
		cr_assert(le(i64, now, latest), "seed %u", seed);
		cr_assert(answer_failed(&exchange.answer) ||
			      exchange.answer.status == ANSWER_FOUND,
		    "seed %u", seed);
	}
}
