/* SPDX-License-Identifier: MIT */
/* The live source against servers that behave and servers that do not. */
#include "net/live.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"
#include "source/source.h"

#include "living.h"
#include "loopback.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>

TestSuite(live, .init = living_begin, .fini = living_end, .timeout = 60);

Test(live, every_misbehaviour_has_its_outcome_within_its_time)
{
	expect_every_misbehaviour();
}

Test(live, asks_no_faster_than_it_is_told_to)
{
	const struct server_addr at = mock_at(mock);
	struct live_config config = config_of(&at, 1);
	config.rate = 100;
	open_with(config);
	for (size_t i = 0; i < 50; i++) {
		start("good.x", &outcomes[i]);
	}
	/* Some may be anticipated, as a burst. */
	const int64_t took = run_live();
	cr_expect(ge(i64, took, SECOND * 4 / 10));
	cr_expect(lt(i64, took, SECOND * 5 / 10 + SLACK));
	expect_here(&outcomes[49]);
}

Test(live, says_who_answered_and_when)
{
	open_mock();
	ask_live("good.x");
	cr_expect(server_addr_equal(outcomes[0].answer->server, mock_at(mock)));
	cr_expect(ge(i64, outcomes[0].answer->at, clock_wall() - 5));
	cr_expect(le(i64, outcomes[0].answer->at, clock_wall()));
}

Test(live, takes_the_largest_answers)
{
	open_mock();
	ask_live("big.x");
	expect_status(&outcomes[0], ANSWER_FOUND);
	cr_expect(gt(sz, outcomes[0].answer->rrs->rdata.txt.joined.len, 59000));
}

Test(live, counts_what_it_sends)
{
	open_mock();
	start("good.x", &outcomes[0]);
	start("tc.x", &outcomes[1]);
	start("silent.x", &outcomes[2]);
	run_live();
	cr_expect(eq(u64, source->counts.sent, 1 + 2 + LIVE_TRIES));
	cr_expect(eq(u64, source->counts.retried, 1 + LIVE_TRIES - 1));
	cr_expect(eq(u64, source->counts.tcp, 1));
	cr_expect(eq(u64, source->counts.answered, 2));
	cr_expect(eq(uint, mock_by_udp(mock), 2 + LIVE_TRIES));
	cr_expect(eq(uint, mock_by_tcp(mock), 1));
}

Test(live, asks_by_tcp_alone_if_told_so)
{
	const struct server_addr at = mock_at(mock);
	struct live_config config = config_of(&at, 1);
	config.tcp = true;
	open_with(config);
	ask_live("forged.x");
	expect_here(&outcomes[0]);
	cr_expect(eq(uint, mock_by_udp(mock), 0));
}

Test(live, says_quickly_that_nobody_is_there)
{
	const struct server_addr at[] = { loopback_free(), loopback_free() };
	for (int tcp = 0; tcp < 2; tcp++) {
		struct live_config config = config_of(at, 2);
		config.tcp = tcp;
		config.timeout = 10 * SECOND;
		open_with(config);
		outcomes[0].calls = 0;
		cr_expect(lt(i64, ask_live("good.x"), SECOND));
		expect_status(&outcomes[0], ANSWER_UNREACHABLE);
		source_close(&source);
	}
}

Test(live, tcp_refused_after_truncation_is_unreachable)
{
	mock_stop(mock);
	mock = mock_start("127.0.0.1", false);
	open_mock();
	cr_expect(lt(i64, ask_live("tc.x"), TIMEOUT));
	expect_status(&outcomes[0], ANSWER_UNREACHABLE);
}

Test(live, a_forger_wins_nothing_where_tcp_is_closed)
{
	mock_stop(mock);
	mock = mock_start("127.0.0.1", false);
	open_mock();
	cr_expect(lt(i64, ask_live("forged.x"), TIMEOUT + SLACK));
	cr_expect(
	    outcomes[0].answer->status != ANSWER_FOUND ||
	    str_eq(outcomes[0].answer->rrs->rdata.txt.joined, STR("here")));
}

Test(live, passes_by_a_dead_resolver_and_remembers_it)
{
	struct mock_server *dead = mock_start("127.0.0.1", true);
	const struct server_addr at[] = { mock_at(dead), mock_at(mock) };
	mock_stop(dead);
	open_with(config_of(at, 2));
	for (size_t i = 0; i < 3; i++) {
		start("good.x", &outcomes[i]);
		run_live();
		expect_here(&outcomes[i]);
	}
	cr_expect(eq(u64, source->counts.sent, 1 + 3));
}

Test(live, passes_by_a_resolver_that_fails)
{
	struct mock_server *other = mock_start("127.0.0.1", true);
	const struct server_addr at[] = { mock_at(other), mock_at(mock) };
	open_with(config_of(at, 2));
	ask_live("servfail.x");
	expect_status(&outcomes[0], ANSWER_SERVFAIL);
	cr_expect(eq(uint, mock_by_udp(mock), 1));
	cr_expect(eq(uint, mock_by_udp(other), 1));
	mock_stop(other);
}

Test(live, begins_at_each_resolver_in_turn_if_told_so)
{
	struct mock_server *other = mock_start("127.0.0.1", true);
	const struct server_addr at[] = { mock_at(other), mock_at(mock) };
	struct live_config config = config_of(at, 2);
	config.rotate = true;
	open_with(config);
	for (size_t i = 0; i < 10; i++) {
		start("good.x", &outcomes[i]);
	}
	run_live();
	cr_expect(eq(uint, mock_by_udp(mock), 5));
	cr_expect(eq(uint, mock_by_udp(other), 5));
	mock_stop(other);
}

Test(live, asks_the_server_that_a_question_names)
{
	const struct server_addr at = loopback_free();
	open_with(config_of(&at, 1));
	struct question question = question_of("good.x");
	question.side = SIDE_AUTHORITATIVE;
	question.server = mock_at(mock);
	source_start(source, &question, landed, &outcomes[0]);
	run_live();
	expect_here(&outcomes[0]);
}

Test(live, speaks_ipv6)
{
	mock_stop(mock);
	mock = mock_start("::1", true);
	if (!mock) {
		cr_skip_test("this machine has no ::1");
	}
	open_mock();
	start("good.x", &outcomes[0]);
	start("tc.x", &outcomes[1]);
	run_live();
	expect_here(&outcomes[0]);
	expect_here(&outcomes[1]);
}

Test(live, keeps_to_one_family_if_told_so)
{
	const struct server_addr at = mock_at(mock);
	struct live_config config = config_of(&at, 1);
	config.only_v4 = true;
	open_with(config);
	struct question question = question_of("good.x");
	cr_assert(server_addr_parse(STR("::1"), &question.server));
	source_start(source, &question, landed, &outcomes[0]);
	run_live();
	expect_status(&outcomes[0], ANSWER_UNREACHABLE);
	cr_expect(eq(u64, source->counts.sent, 0));
	struct err err = { 0 };
	config.only_v4 = false;
	config.only_v6 = true;
	cr_expect(live_open(&config, &err) == NULL);
	cr_expect(eq(int, err.code, ERR_USAGE));
}

Test(live, needs_a_resolver_and_not_too_many)
{
	const struct server_addr at[LIVE_MAX_RESOLVERS + 1] = { mock_at(mock) };
	struct live_config config = config_of(at, 0);
	struct err err = { 0 };
	cr_expect(live_open(&config, &err) == NULL);
	cr_expect(eq(int, err.code, ERR_USAGE));
	config = config_of(at, LIVE_MAX_RESOLVERS + 1);
	err.code = ERR_NONE;
	cr_expect(live_open(&config, &err) == NULL);
	cr_expect(eq(int, err.code, ERR_USAGE));
}

/** Starts questions to the end of *outcomes*, runs, and wants all answered. */
static void
ask_all(const char *name)
{
	for (size_t i = 0; i < MOST; i++) {
		start(name, &outcomes[i]);
	}
	run_live();
	for (size_t i = 0; i < MOST; i++) {
		cr_assert(eq(sz, outcomes[i].calls, 1));
		expect_here(&outcomes[i]);
	}
}

Test(live, more_questions_than_sockets_all_get_their_answer)
{
	open_patient(0);
	ask_all("good.x");
}

static void
limit_descriptors(rlim_t most)
{
	struct rlimit limit;
	getrlimit(RLIMIT_NOFILE, &limit);
	limit.rlim_cur = most;
	cr_assert(setrlimit(RLIMIT_NOFILE, &limit) == 0);
}

Test(live, works_with_few_descriptors)
{
	limit_descriptors(64);
	open_patient(0);
	ask_all("good.x");
}

Test(live, works_when_others_take_the_descriptors_away)
{
	open_patient(0);
	limit_descriptors(24);
	ask_all("good.x");
}

Test(live, says_when_there_are_no_descriptors)
{
	const struct server_addr at = mock_at(mock);
	const struct live_config config = config_of(&at, 1);
	struct rlimit before;
	getrlimit(RLIMIT_NOFILE, &before);
	for (rlim_t most = 3; most < 12; most++) {
		struct err err = { 0 };
		limit_descriptors(most);
		source = live_open(&config, &err);
		limit_descriptors(before.rlim_cur);
		cr_assert(source || err.code == ERR_SYSTEM);
		source_close(&source);
	}
	struct err err = { 0 };
	limit_descriptors(3);
	cr_expect(live_open(&config, &err) == NULL);
	limit_descriptors(before.rlim_cur);
	cr_expect(err.hint[0] != '\0');
}

Test(live, a_question_that_is_given_up_is_not_answered)
{
	open_mock();
	struct ticket *slow = start("slow.x", &outcomes[0]);
	struct ticket *silent = start("silent.x", &outcomes[1]);
	start("good.x", &outcomes[2]);
	source_cancel(source, slow);
	source_cancel(source, silent);
	cr_expect(lt(i64, run_live(), SLACK));
	cr_expect(eq(sz, outcomes[0].calls, 0));
	cr_expect(eq(sz, outcomes[1].calls, 0));
	expect_here(&outcomes[2]);
}

static struct ticket *victim;

static void
cancel_other(void *context, const struct answer *answer)
{
	landed(context, answer);
	if (victim) {
		source_cancel(source, victim);
		victim = NULL;
	}
}

Test(live, a_callback_may_give_up_what_has_landed_too)
{
	const struct server_addr at = mock_at(mock);
	struct live_config config = config_of(&at, 1);
	struct question question = question_of("good.x");
	config.only_v4 = true;
	cr_assert(server_addr_parse(STR("::1"), &question.server));
	open_with(config);
	/* Both may not be asked, so both have landed before the first step. */
	source_start(source, &question, cancel_other, &outcomes[0]);
	victim = source_start(source, &question, landed, &outcomes[1]);
	run_live();
	cr_expect(eq(sz, outcomes[0].calls, 1));
	cr_expect(eq(sz, outcomes[1].calls, 0));
}

Test(live, a_callback_may_ask_on)
{
	open_mock();
	outcomes[0].start_then = "tc.x";
	outcomes[1].start_then = "good.x";
	start("good.x", &outcomes[0]);
	run_live();
	for (size_t i = 0; i < 3; i++) {
		expect_here(&outcomes[i]);
	}
}

Test(live, closing_gives_up_what_is_on_its_way)
{
	open_mock();
	for (size_t i = 0; i < MOST; i++) {
		start(i % 2 ? "silent.x" : "stall.x", &outcomes[i]);
	}
	source_close(&source);
	cr_expect(eq(sz, outcomes[0].calls, 0));
}

Test(live, a_step_without_questions_is_over_at_once)
{
	open_mock();
	cr_expect(not(source_step(source)));
}

Test(live, nothing_lasts_longer_than_the_run)
{
	open_patient(clock_monotonic() + SECOND / 4);
	for (size_t i = 0; i < MOST; i++) {
		start("silent.x", &outcomes[i]);
	}
	cr_expect(lt(i64, run_live(), SECOND));
	for (size_t i = 0; i < MOST; i++) {
		expect_status(&outcomes[i], ANSWER_TIMEOUT);
	}
	const uint64_t sent = source->counts.sent;
	outcomes[0].calls = 0;
	ask_live("good.x");
	expect_status(&outcomes[0], ANSWER_TIMEOUT);
	cr_expect(eq(u64, source->counts.sent, sent));
}

Test(live, a_deadline_set_later_counts_for_what_travels)
{
	open_patient(0);
	start("silent.x", &outcomes[0]);
	live_set_deadline(source, clock_monotonic() + SECOND / 10);
	cr_expect(lt(i64, run_live(), SECOND));
	expect_status(&outcomes[0], ANSWER_TIMEOUT);
	live_set_deadline(source, 0);
	outcomes[0].calls = 0;
	ask_live("good.x");
	expect_here(&outcomes[0]);
}

static void
on_alarm(int signal)
{
	(void)signal;
	live_stop(source);
}

Test(live, a_signal_ends_the_wait)
{
	const struct itimerval once = { .it_value.tv_usec = 100000 };
	struct sigaction action = { .sa_handler = on_alarm,
		.sa_flags = SA_RESTART };
	open_patient(0);
	for (size_t i = 0; i < MOST; i++) {
		start("silent.x", &outcomes[i]);
	}
	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &once, NULL);
	cr_expect(lt(i64, run_live(), SECOND));
	for (size_t i = 0; i < MOST; i++) {
		expect_status(&outcomes[i], ANSWER_TIMEOUT);
	}
	live_set_deadline(source, 0);
	outcomes[0].calls = 0;
	ask_live("silent.x");
	expect_status(&outcomes[0], ANSWER_TIMEOUT);
}
