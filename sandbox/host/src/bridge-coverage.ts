export interface BridgeEventCoverage {
  status: 'supported' | 'partial' | 'absent';
  /** The first Mini Apps version that has the event; a game launched with an older one is not heard. */
  since: string;
  note?: string;
}

/**
 * Every event a Mini App may send to its host. `supported` and `partial` have a handler in bridge.ts;
 * `absent` is ignored in silence, as Telegram ignores what it does not know.
 */
export const BRIDGE_EVENTS: Record<string, BridgeEventCoverage> = {
  iframe_ready: { status: 'supported', since: '6.0', note: 'answered by set_custom_style' },
  iframe_will_reload: { status: 'supported', since: '6.0' },
  web_app_ready: { status: 'supported', since: '6.0', note: 'takes the loader away' },
  web_app_expand: {
    status: 'supported',
    since: '6.0',
    note: 'always as high as the phone; what is_expanded says is up to the host',
  },
  web_app_close: { status: 'supported', since: '6.0', note: 'at once; only people are asked to confirm' },
  web_app_request_theme: { status: 'supported', since: '6.0' },
  web_app_request_viewport: { status: 'supported', since: '6.0' },
  web_app_setup_main_button: { status: 'supported', since: '6.0', note: 'without custom emoji icons' },
  web_app_setup_secondary_button: { status: 'supported', since: '7.10', note: 'without custom emoji icons' },
  web_app_setup_closing_behavior: { status: 'supported', since: '6.0' },
  web_app_data_send: {
    status: 'absent',
    since: '6.0',
    note: 'only for games opened from a reply keyboard, which the sandbox does not draw',
  },
  web_app_open_link: { status: 'supported', since: '6.0', note: 'a new tab; http and https only' },
  web_app_open_tg_link: {
    status: 'partial',
    since: '6.1',
    note: 'invoices, the bot itself and share links; others are shown as a notice. Whether it closes the game is up to the host',
  },
  web_app_open_invoice: { status: 'supported', since: '6.1' },
  web_app_setup_back_button: { status: 'supported', since: '6.1' },
  web_app_set_header_color: { status: 'supported', since: '6.1' },
  web_app_set_background_color: { status: 'supported', since: '6.1' },
  web_app_set_bottom_bar_color: { status: 'supported', since: '7.10' },
  web_app_trigger_haptic_feedback: {
    status: 'supported',
    since: '6.1',
    note: 'shown, and felt on a phone that lets web pages vibrate',
  },
  web_app_open_popup: {
    status: 'supported',
    since: '6.2',
    note: 'how many in two seconds is up to the host',
  },
  web_app_open_scan_qr_popup: { status: 'partial', since: '6.4', note: 'closes at once: there is no camera' },
  web_app_close_scan_qr_popup: { status: 'partial', since: '6.4', note: 'nothing is ever open to close' },
  web_app_read_text_from_clipboard: {
    status: 'partial',
    since: '6.4',
    note: 'always null, as on Telegram Web',
  },
  web_app_switch_inline_query: { status: 'absent', since: '6.7', note: 'there is no inline mode' },
  web_app_invoke_custom_method: { status: 'partial', since: '6.9', note: 'cloud storage' },
  web_app_request_write_access: { status: 'supported', since: '6.9' },
  web_app_request_phone: {
    status: 'partial',
    since: '6.9',
    note: 'always cancelled: players have no number',
  },
  web_app_setup_settings_button: { status: 'supported', since: '6.10', note: 'an entry of the game menu' },
  web_app_biometry_get_info: { status: 'partial', since: '7.2', note: 'not available' },
  web_app_biometry_request_access: { status: 'partial', since: '7.2', note: 'not available' },
  web_app_biometry_request_auth: { status: 'partial', since: '7.2', note: 'fails' },
  web_app_biometry_update_token: { status: 'partial', since: '7.2', note: 'fails' },
  web_app_biometry_open_settings: { status: 'absent', since: '7.2' },
  web_app_setup_swipe_behavior: {
    status: 'partial',
    since: '7.7',
    note: 'kept and shown; the host has no swipe to close',
  },
  web_app_share_to_story: { status: 'absent', since: '7.8', note: 'there are no stories' },
  web_app_request_safe_area: { status: 'supported', since: '8.0' },
  web_app_request_content_safe_area: { status: 'supported', since: '8.0' },
  web_app_request_fullscreen: { status: 'supported', since: '8.0', note: 'fills the phone, not the monitor' },
  web_app_exit_fullscreen: { status: 'supported', since: '8.0' },
  web_app_toggle_orientation_lock: {
    status: 'partial',
    since: '8.0',
    note: 'kept and shown; the phone does not turn',
  },
  web_app_add_to_home_screen: { status: 'partial', since: '8.0', note: 'fails: UNSUPPORTED' },
  web_app_check_home_screen: { status: 'partial', since: '8.0', note: 'unsupported' },
  web_app_request_file_download: { status: 'supported', since: '8.0', note: 'asks, then opens the file' },
  web_app_send_prepared_message: { status: 'partial', since: '8.0', note: 'fails: UNSUPPORTED' },
  web_app_set_emoji_status: { status: 'partial', since: '8.0', note: 'fails: UNSUPPORTED' },
  web_app_request_emoji_status_access: { status: 'partial', since: '8.0', note: 'always cancelled' },
  web_app_check_location: { status: 'partial', since: '8.0', note: 'not available' },
  web_app_request_location: { status: 'partial', since: '8.0', note: 'not available' },
  web_app_open_location_settings: { status: 'absent', since: '8.0' },
  web_app_start_accelerometer: { status: 'partial', since: '8.0', note: 'fails: UNSUPPORTED' },
  web_app_stop_accelerometer: { status: 'partial', since: '8.0', note: 'says it stopped' },
  web_app_start_gyroscope: { status: 'partial', since: '8.0', note: 'fails: UNSUPPORTED' },
  web_app_stop_gyroscope: { status: 'partial', since: '8.0', note: 'says it stopped' },
  web_app_start_device_orientation: { status: 'partial', since: '8.0', note: 'fails: UNSUPPORTED' },
  web_app_stop_device_orientation: { status: 'partial', since: '8.0', note: 'says it stopped' },
  web_app_device_storage_save_key: { status: 'supported', since: '9.0' },
  web_app_device_storage_get_key: { status: 'supported', since: '9.0' },
  web_app_device_storage_clear: { status: 'supported', since: '9.0' },
  web_app_secure_storage_save_key: { status: 'partial', since: '9.0', note: 'fails: UNSUPPORTED' },
  web_app_secure_storage_get_key: { status: 'partial', since: '9.0', note: 'fails: UNSUPPORTED' },
  web_app_secure_storage_restore_key: { status: 'partial', since: '9.0', note: 'fails: UNSUPPORTED' },
  web_app_secure_storage_clear: { status: 'partial', since: '9.0', note: 'fails: UNSUPPORTED' },
  web_app_hide_keyboard: { status: 'supported', since: '9.1' },
  web_app_request_chat: { status: 'absent', since: '9.6' },
};
