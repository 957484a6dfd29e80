//! `help.*`: what a client asks before anything else.

use grammers_tl_types::{enums, functions, types};

use super::Context;
use super::convert::seconds;
use crate::server::DC_COUNT;
use crate::world::Answer;

/// How long a client may keep the configuration, in seconds.
const CONFIG_SECONDS: i32 = 3600;

pub(super) fn get_config(context: &Context<'_>, _: functions::help::GetConfig) -> Answer<enums::Config> {
    let date = context.key.now_seconds();
    let config = types::Config {
        default_p2p_contacts: false,
        preload_featured_stickers: false,
        revoke_pm_inbox: true,
        blocked_mode: false,
        force_try_ipv6: false,
        date,
        expires: date.saturating_add(CONFIG_SECONDS),
        test_mode: false,
        this_dc: context.shared.this_dc,
        dc_options: (1..=DC_COUNT).map(|id| dc_option(context, id)).collect(),
        dc_txt_domain_name: String::new(),
        chat_size_max: 200,
        megagroup_size_max: 200_000,
        forwarded_count_max: 100,
        online_update_period_ms: 210_000,
        offline_blur_timeout_ms: 5_000,
        offline_idle_timeout_ms: 30_000,
        online_cloud_timeout_ms: 300_000,
        notify_cloud_delay_ms: 30_000,
        notify_default_delay_ms: 1_500,
        push_chat_period_ms: 60_000,
        push_chat_limit: 2,
        edit_time_limit: 172_800,
        revoke_time_limit: i32::MAX,
        revoke_pm_time_limit: i32::MAX,
        rating_e_decay: 2_419_200,
        stickers_recent_limit: 200,
        channels_read_media_period: 604_800,
        tmp_sessions: None,
        call_receive_timeout_ms: 20_000,
        call_ring_timeout_ms: 90_000,
        call_connect_timeout_ms: 30_000,
        call_packet_timeout_ms: 10_000,
        me_url_prefix: String::new(),
        autoupdate_url_prefix: None,
        gif_search_username: None,
        venue_search_username: None,
        img_search_username: None,
        static_maps_provider: None,
        caption_length_max: 1024,
        message_length_max: 4096,
        webfile_dc_id: context.shared.this_dc,
        suggested_lang_code: None,
        lang_pack_version: None,
        base_lang_pack_version: None,
        reactions_default: None,
        autologin_token: None,
    };
    Ok(config.into())
}

/// Every data centre has our one address: clients overwrite what they knew with it.
fn dc_option(context: &Context<'_>, id: i32) -> enums::DcOption {
    let address = context.shared.address;
    types::DcOption {
        ipv6: address.is_ipv6(),
        media_only: false,
        tcpo_only: false,
        cdn: false,
        r#static: true,
        this_port_only: true,
        id,
        ip_address: address.ip().to_string(),
        port: i32::from(address.port()),
        secret: None,
    }
    .into()
}

pub(super) fn get_nearest_dc(
    context: &Context<'_>,
    _: functions::help::GetNearestDc,
) -> Answer<enums::NearestDc> {
    let this_dc = context.shared.this_dc;
    Ok(types::NearestDc {
        country: "RU".to_owned(),
        this_dc,
        nearest_dc: this_dc,
    }
    .into())
}

pub(super) fn get_app_config(
    _: &Context<'_>,
    _: functions::help::GetAppConfig,
) -> Answer<enums::help::AppConfig> {
    let config = enums::Jsonvalue::JsonObject(types::JsonObject { value: Vec::new() });
    Ok(types::help::AppConfig { hash: 1, config }.into())
}

pub(super) fn get_terms_of_service_update(
    context: &Context<'_>,
    _: functions::help::GetTermsOfServiceUpdate,
) -> Answer<enums::help::TermsOfServiceUpdate> {
    let expires = seconds(context.world().clock().now_ms()).saturating_add(CONFIG_SECONDS);
    Ok(types::help::TermsOfServiceUpdateEmpty { expires }.into())
}
