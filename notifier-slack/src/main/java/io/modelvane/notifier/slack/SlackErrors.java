package io.modelvane.notifier.slack;

import io.modelvane.spi.Outcome;
import java.time.Duration;
import java.util.Set;

/**
 * Slack's words for what is wrong. Of webhooks:
 * https://api.slack.com/changelog/2016-05-17-changes-to-errors-for-incoming-webhooks; of the Web
 * API: https://docs.slack.dev/reference/methods/chat.postMessage.
 */
final class SlackErrors {
  private static final Duration PAUSE = Duration.ofSeconds(30);
  private static final Set<String> THROTTLED =
      Set.of("ratelimited", "rate_limited", "message_limit_exceeded");
  private static final Set<String> PASSING =
      Set.of(
          "internal_error",
          "fatal_error",
          "service_unavailable",
          "request_timeout",
          "team_added_to_org",
          "rollup_error");
  private static final Set<String> OPERATORS_TO_MEND =
      Set.of(
          "access_denied",
          "accesslimited",
          "account_inactive",
          "action_prohibited",
          "channel_is_archived",
          "channel_is_limited_access",
          "channel_not_found",
          "deprecated_endpoint",
          "ekm_access_denied",
          "enterprise_is_restricted",
          "invalid_auth",
          "invalid_token",
          "is_archived",
          "messages_tab_disabled",
          "method_deprecated",
          "missing_scope",
          "no_permission",
          "no_service",
          "no_team",
          "not_allowed_token_type",
          "not_authed",
          "not_in_channel",
          "org_login_required",
          "posting_to_channel_denied",
          "posting_to_general_channel_denied",
          "restricted_action",
          "restricted_action_read_only_channel",
          "restricted_action_thread_only_channel",
          "team_access_not_granted",
          "team_not_found",
          "token_expired",
          "token_revoked",
          "two_factor_setup_required",
          "user_not_found");

  private static final Set<String> THREAD_IS_OF_NO_USE =
      Set.of(
          "cannot_reply_to_message",
          "restricted_action_non_threadable_channel",
          "restricted_action_thread_locked",
          "thread_not_found");

  private SlackErrors() {}

  /** What a word means; a refusal of the message itself when it is none of those known. */
  static Outcome outcome(String word) {
    String reason = "Slack answers: " + word;
    if (THROTTLED.contains(word)) {
      return new Outcome.Throttled(PAUSE, reason);
    } else if (PASSING.contains(word)) {
      return new Outcome.Retryable(reason);
    } else if (isForOperator(word)) {
      return new Outcome.Misconfigured(reason + "; check the token, its scopes and the channel");
    }
    return Outcome.Rejected.of(reason);
  }

  /** Whether the same message may be posted, but not in this thread. */
  static boolean isOfThread(String word) {
    return THREAD_IS_OF_NO_USE.contains(word);
  }

  static boolean isForOperator(String word) {
    return OPERATORS_TO_MEND.contains(word);
  }
}
