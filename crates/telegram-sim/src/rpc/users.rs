//! `users.*`.

use grammers_tl_types::{enums, functions, types};

use super::{Context, convert, input};
use crate::world::Answer;
use crate::world::error::USER_ID_INVALID;
use crate::world::types::{Requirement, UserView};

pub(super) fn get_users(
    context: &Context<'_>,
    asked: functions::users::GetUsers,
) -> Answer<Vec<enums::User>> {
    let caller = context.caller()?;
    // As in Telegram: people that cannot be named are left out.
    let found = asked.id.iter().filter_map(|named| {
        let user = input::user(context, caller, named).ok()?;
        context.world().user(caller.account, user)
    });
    Ok(found.map(|view| convert::user(&view)).collect())
}

pub(super) fn get_full_user(
    context: &Context<'_>,
    asked: functions::users::GetFullUser,
) -> Answer<enums::users::UserFull> {
    let caller = context.caller()?;
    let user = input::user(context, caller, &asked.id)?;
    let view = context
        .world()
        .user(caller.account, user)
        .ok_or(USER_ID_INVALID)?;
    Ok(types::users::UserFull {
        full_user: full(&view).into(),
        chats: Vec::new(),
        users: vec![convert::user(&view)],
    }
    .into())
}

pub(super) fn get_requirements_to_contact(
    context: &Context<'_>,
    asked: functions::users::GetRequirementsToContact,
) -> Answer<Vec<enums::RequirementToContact>> {
    let caller = context.caller()?;
    let named = asked.id.iter().map(|named| input::user(context, caller, named));
    let users = named.collect::<Answer<Vec<_>>>()?;
    let requirements = context.world().requirements_to_contact(caller, &users);
    Ok(requirements.into_iter().map(requirement).collect())
}

fn requirement(requirement: Requirement) -> enums::RequirementToContact {
    match requirement {
        Requirement::Empty => enums::RequirementToContact::Empty,
        Requirement::Premium => enums::RequirementToContact::Premium,
        Requirement::PaidStars(stars_amount) => {
            types::RequirementToContactPaidMessages { stars_amount }.into()
        }
    }
}

fn full(view: &UserView) -> types::UserFull {
    types::UserFull {
        blocked: false,
        phone_calls_available: false,
        phone_calls_private: false,
        can_pin_message: true,
        has_scheduled: false,
        video_calls_available: false,
        voice_messages_forbidden: false,
        translations_disabled: false,
        stories_pinned_available: false,
        blocked_my_stories_from: false,
        wallpaper_overridden: false,
        contact_require_premium: view.premium_only,
        read_dates_private: false,
        sponsored_enabled: false,
        can_view_revenue: false,
        bot_can_manage_emoji_status: false,
        display_gifts_button: false,
        noforwards_my_enabled: false,
        noforwards_peer_enabled: false,
        unofficial_security_risk: false,
        id: view.id.0,
        about: None,
        settings: peer_settings(view),
        personal_photo: None,
        profile_photo: None,
        fallback_photo: None,
        notify_settings: convert::notify_settings(),
        bot_info: None,
        pinned_msg_id: None,
        common_chats_count: 0,
        folder_id: None,
        ttl_period: None,
        theme: None,
        private_forward_name: None,
        bot_group_admin_rights: None,
        bot_broadcast_admin_rights: None,
        wallpaper: None,
        stories: None,
        business_work_hours: None,
        business_location: None,
        business_greeting_message: None,
        business_away_message: None,
        business_intro: None,
        birthday: None,
        personal_channel_id: None,
        personal_channel_message: None,
        stargifts_count: None,
        starref_program: None,
        bot_verification: None,
        send_paid_messages_stars: view.paid_stars,
        disallowed_gifts: None,
        stars_rating: None,
        stars_my_pending_rating: None,
        stars_my_pending_rating_date: None,
        main_tab: None,
        saved_music: None,
        note: None,
        bot_manager_id: None,
    }
}

fn peer_settings(view: &UserView) -> enums::PeerSettings {
    let stranger = !view.is_contact && !view.is_self;
    types::PeerSettings {
        report_spam: false,
        add_contact: stranger,
        block_contact: stranger,
        share_contact: false,
        need_contacts_exception: false,
        report_geo: false,
        autoarchived: false,
        invite_members: false,
        request_chat_broadcast: false,
        business_bot_paused: false,
        business_bot_can_reply: false,
        geo_distance: None,
        request_chat_title: None,
        request_chat_date: None,
        business_bot_id: None,
        business_bot_manage_url: None,
        charge_paid_message_stars: view.paid_stars,
        registration_month: None,
        phone_country: None,
        name_change_date: None,
        photo_change_date: None,
    }
    .into()
}
