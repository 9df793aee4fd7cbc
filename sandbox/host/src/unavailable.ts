import type { Handler } from './bridge-state.ts';

/** An honest "no" to what this host cannot do, in the event a game waits for. */
function answer(eventType: string, eventData?: Record<string, unknown>): Handler {
  return (data) => ({
    actions: [
      {
        kind: 'post',
        eventType,
        eventData: 'req_id' in data ? { req_id: data.req_id, ...eventData } : eventData,
      },
    ],
  });
}

const UNSUPPORTED = { error: 'UNSUPPORTED' };

export const UNAVAILABLE: Record<string, Handler> = {
  web_app_open_scan_qr_popup: answer('scan_qr_popup_closed'),
  web_app_close_scan_qr_popup: () => ({}),
  web_app_read_text_from_clipboard: answer('clipboard_text_received', { data: null }),
  web_app_request_phone: answer('phone_requested', { status: 'cancelled' }),
  web_app_biometry_get_info: answer('biometry_info_received', { available: false }),
  web_app_biometry_request_access: answer('biometry_info_received', { available: false }),
  web_app_biometry_request_auth: answer('biometry_auth_requested', { status: 'failed' }),
  web_app_biometry_update_token: answer('biometry_token_updated', { status: 'failed' }),
  web_app_add_to_home_screen: answer('home_screen_failed', UNSUPPORTED),
  web_app_check_home_screen: answer('home_screen_checked', { status: 'unsupported' }),
  web_app_send_prepared_message: answer('prepared_message_failed', UNSUPPORTED),
  web_app_set_emoji_status: answer('emoji_status_failed', UNSUPPORTED),
  web_app_request_emoji_status_access: answer('emoji_status_access_requested', { status: 'cancelled' }),
  web_app_check_location: answer('location_checked', { available: false }),
  web_app_request_location: answer('location_requested', { available: false }),
  web_app_start_accelerometer: answer('accelerometer_failed', UNSUPPORTED),
  web_app_stop_accelerometer: answer('accelerometer_stopped'),
  web_app_start_gyroscope: answer('gyroscope_failed', UNSUPPORTED),
  web_app_stop_gyroscope: answer('gyroscope_stopped'),
  web_app_start_device_orientation: answer('device_orientation_failed', UNSUPPORTED),
  web_app_stop_device_orientation: answer('device_orientation_stopped'),
  web_app_secure_storage_save_key: answer('secure_storage_failed', UNSUPPORTED),
  web_app_secure_storage_get_key: answer('secure_storage_failed', UNSUPPORTED),
  web_app_secure_storage_restore_key: answer('secure_storage_failed', UNSUPPORTED),
  web_app_secure_storage_clear: answer('secure_storage_failed', UNSUPPORTED),
};
