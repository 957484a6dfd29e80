// mtcute against the simulator: sign-in, second password, import, sending, live updates, catching up.
//
// Usage: node mtcute_client.mjs, with the simulator's JSON line in the environment variable SIMULATOR.
// Prints `ok` or `FAILED` for each check, and `N passed, N failed` at the end.

import assert from 'node:assert/strict'

import { Long, MemoryStorage, TelegramClient, tl } from '@mtcute/node'
import { addPublicKey, NodeCryptoProvider } from '@mtcute/node/utils.js'

const SIMULATOR = JSON.parse(process.env.SIMULATOR)
const ACCOUNT = '+79005550011'
const GUARDED = '+79005550012'
const WAIT_MS = 10_000

const [host, port] = SIMULATOR.mtproto.split(':')
const dc = { id: SIMULATOR.dc, ipAddress: host, port: Number(port) }

function client(storage = new MemoryStorage()) {
    return new TelegramClient({
        apiId: 1,
        apiHash: 'interop',
        storage,
        defaultDcs: { main: dc, media: dc },
        updates: { catchUp: true },
        logLevel: Number(process.env.MTCUTE_LOG ?? 1),
    })
}

async function control(path, body) {
    const request = body === undefined
        ? undefined
        : { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
    const answer = await fetch(SIMULATOR.control + path, request)
    assert.ok(answer.ok, `${path}: ${answer.status} ${await answer.clone().text()}`)
    return answer
}

function within(promise, what, waitMs = WAIT_MS) {
    let timer
    const late = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error(`${what} did not come in time`)), waitMs)
    })
    return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}

// The next incoming message that fits.
function nextMessage(telegram, fits) {
    return within(new Promise((resolve) => {
        const listener = (message) => {
            if (message.isOutgoing || !fits(message)) return
            telegram.onNewMessage.remove(listener)
            resolve(message)
        }
        telegram.onNewMessage.add(listener)
    }), 'a message')
}

async function fails(promise, name) {
    await assert.rejects(promise, (error) => tl.RpcError.is(error, name) || assert.fail(`${error}, expected ${name}`))
}

async function signIn(telegram, phone) {
    const sent = await telegram.sendCode({ phone })
    return telegram.signIn({ phone, phoneCodeHash: sent.phoneCodeHash, phoneCode: SIMULATOR.code })
}

async function importOne(telegram, phone, firstName) {
    return telegram.importContacts([{ phone, firstName, lastName: '' }])
}

const checks = {
    async signs_in_by_code(state) {
        const telegram = state.telegram = client(state.storage)
        const sent = await telegram.sendCode({ phone: ACCOUNT })
        await fails(
            telegram.signIn({ phone: ACCOUNT, phoneCodeHash: sent.phoneCodeHash, phoneCode: '00000' }),
            'PHONE_CODE_INVALID',
        )
        const me = await signIn(telegram, ACCOUNT)
        assert.equal(me.firstName, 'Mtcute')
        assert.equal((await telegram.getMe()).phoneNumber, ACCOUNT.slice(1))
        await telegram.startUpdatesLoop()
    },

    async needs_the_second_password() {
        const guarded = client()
        await fails(signIn(guarded, GUARDED), 'SESSION_PASSWORD_NEEDED')
        await fails(guarded.checkPassword('rose'), 'PASSWORD_HASH_INVALID')
        const me = await guarded.checkPassword('тюльпан 7')
        assert.equal(me.lastName, 'Guarded')
        await guarded.logOut()
        await guarded.destroy()
    },

    async imports_a_phone(state) {
        const found = await importOne(state.telegram, '+79005551001', 'Ольга из импорта')
        assert.equal(found.imported.length, 1)
        assert.equal(found.users[0].firstName, 'Ольга из импорта')
        state.olga = found.users[0].id
        assert.equal((await importOne(state.telegram, '+79005559998', 'Никто')).imported.length, 0)
    },

    async sends_and_gets_a_live_answer(state) {
        const { telegram, olga } = state
        const arrives = nextMessage(telegram, (message) => message.chat.id === olga)
        const sent = await telegram.sendText(olga, 'Здравствуйте, Ольга!')
        assert.ok(sent.isOutgoing && sent.id > 0)
        const answer = await arrives
        assert.ok(answer.text.length > 0)
        assert.equal(answer.sender.id, olga)
        state.sent = sent
    },

    async keeps_its_own_random_id(state) {
        const { telegram } = state
        const peer = await telegram.resolvePeer('timur_interop')
        const request = { _: 'messages.sendMessage', peer, message: 'Один раз', randomId: Long.fromNumber(987654321) }
        await telegram.call(request)
        await fails(telegram.call(request, { throw503: true, maxRetryCount: 0 }), 'RANDOM_ID_DUPLICATE')
        const history = await telegram.getHistory('timur_interop')
        assert.deepEqual(history.map((message) => message.text), ['Один раз'])
    },

    async reads_history(state) {
        const { telegram, olga } = state
        const history = await telegram.getHistory(olga, { limit: 10 })
        assert.ok(history.length >= 2)
        assert.equal(history.at(-1).id, state.sent.id)
        assert.ok(!history[0].isOutgoing)
        await telegram.readHistory(olga)
        const dialogs = []
        for await (const dialog of telegram.iterDialogs()) dialogs.push(dialog)
        assert.equal(dialogs.find((dialog) => dialog.peer.id === olga).unreadCount, 0)
        assert.ok(dialogs.some((dialog) => dialog.peer.displayName === 'Interop group'))
    },

    async lists_members(state) {
        const members = await state.telegram.getChatMembers('interop_group', { limit: 200 })
        assert.ok(members.length >= 13, `${members.length}`)
        assert.ok(members.some((member) => member.user.username === 'timur_interop'))
    },

    async is_told_of_errors(state) {
        const pavel = (await importOne(state.telegram, '+79005551003', 'Павел')).users[0].id
        await fails(state.telegram.sendText(pavel, 'Добрый день'), 'USER_PRIVACY_RESTRICTED')
    },

    async edits_and_deletes(state) {
        const { telegram, olga } = state
        const sent = await telegram.sendText(olga, 'Опечатка')
        const edited = await telegram.editMessage({ chatId: olga, message: sent.id, text: 'Исправлено' })
        assert.equal(edited.text, 'Исправлено')
        await telegram.deleteMessagesById(olga, [sent.id])
        assert.deepEqual(await telegram.getMessages(olga, sent.id), [null])
    },

    async takes_a_new_salt(state) {
        const rule = { account: ACCOUNT, method: 'contacts.getContacts', times: 1, action: 'bad_salt' }
        await control('/faults', rule)
        assert.ok((await state.telegram.getContacts()).length >= 1)
        await control('/reset-faults', {})
    },

    async catches_up_after_reconnecting(state) {
        await new Promise((resolve) => setTimeout(resolve, 1000))
        await state.telegram.disconnect()
        await control('/say', { person: '+79005551001', account: ACCOUNT, text: 'Пока вас не было' })
        const arrives = nextMessage(state.telegram, (message) => message.text === 'Пока вас не было')
        await state.telegram.connect()
        await state.telegram.startUpdatesLoop()
        assert.equal((await arrives).sender.id, state.olga)
    },

    async logs_out(state) {
        await state.telegram.logOut()
        await state.telegram.destroy()
    },
}

const crypto = new NodeCryptoProvider()
await crypto.initialize?.()
addPublicKey(crypto, SIMULATOR.rsa_public_key)

let passed = 0
let failed = 0
const state = { storage: new MemoryStorage() }
for (const [name, check] of Object.entries(checks)) {
    try {
        await within(check(state), name, 3 * WAIT_MS)
        passed += 1
        console.log(`ok mtcute ${name}`)
    } catch (error) {
        failed += 1
        console.log(`FAILED mtcute ${name}`)
        console.error(error)
    }
}
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed ? 1 : 0)
