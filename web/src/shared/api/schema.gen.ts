// Made from docs/openapi.json by `npm run api`. Do not edit.
export interface paths {
    "/api/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The accounts. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_Account"];
                    };
                };
            };
        };
        put?: never;
        /** Adds an account that is not signed in yet. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AccountInput"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Account"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An account. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Account"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{id}/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Signs out. The queue is kept, and a new login goes on with it. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Account"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{id}/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Signs in with the account's second password. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PasswordInput"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Account"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{id}/qr": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begins a login by QR code, or says how far it is. Ask again every few seconds. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["QrAnswer"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{id}/request-code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Asks Telegram to send a login code. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Account"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets a restricted account begin dialogs again: the operator says that Telegram's limit is over. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Account"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{id}/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Signs in with the code; the account may then still ask for its password. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CodeInput"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Account"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai-assistant/chat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answers a question about the business: from tools over its data, within the caller's rights. */
        post: {
            parameters: {
                query?: {
                    /** @description Server-sent events: `start`, pieces of the text as `delta`, and `done` with the whole answer, or `error`. */
                    stream?: boolean;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ChatInput"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ChatAnswer"];
                        "text/event-stream": components["schemas"]["StreamEvent"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai-assistant/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The business at a glance: clients, bookings, free seats and revenue. Weeks begin on Monday; days are the business's. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["StatsAnswer"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/attempts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The requests to providers, newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description Rows of the page. */
                    limit?: number;
                    /** @description `next_cursor` of the page before. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_AiAttempt"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Checks a text against the knowledge base: numbers, dates, links, promises, names. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CheckInput"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CheckAnswer"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/handle-objection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answers an objection: short, with a fact of the product, and one soft question. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ObjectionInput"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ObjectionAnswer"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The providers: state, why, until when, what to do. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProvidersAnswer"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/providers/{name}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Asks a provider something small for real. A provider that was disabled is asked again when it answers. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    /** @description `gemini`, `groq`, `ollama`, `huggingface`, `timeweb`, `openai` */
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TestAnswer"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/recommend-product": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The product that fits a contact, or a person described by the parameters. */
        get: {
            parameters: {
                query?: {
                    contact_id?: number;
                    profession?: string;
                    /** @description Comma-separated. */
                    interests?: string;
                    age?: number;
                    goal?: string;
                    /** @description Names of products that the person has, comma-separated. */
                    has?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RecommendAnswer"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ai/violations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What providers wrote and what did not leave, newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description Rows of the page. */
                    limit?: number;
                    /** @description `next_cursor` of the page before. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_AiViolation"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analytics/ai": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Use and cost of the AI providers in these days. */
        get: {
            parameters: {
                query?: {
                    /** @description The first day of the business; thirty days back when it is left out. */
                    from?: string;
                    /** @description The last day; today when it is left out. */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Figures_AiFigures"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analytics/breakdown": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What each campaign, product or variant brought. */
        get: {
            parameters: {
                query: {
                    /** @description The first day of the business; thirty days back when it is left out. */
                    from?: string;
                    /** @description The last day; today when it is left out. */
                    to?: string;
                    campaign_id?: number;
                    /** @description Of the campaigns for this product. */
                    product_id?: number;
                    by: "campaign" | "product" | "variant";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Figures_PartFigures"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analytics/funnel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the people whom campaigns wrote to in these days stand now. */
        get: {
            parameters: {
                query?: {
                    /** @description The first day of the business; thirty days back when it is left out. */
                    from?: string;
                    /** @description The last day; today when it is left out. */
                    to?: string;
                    campaign_id?: number;
                    /** @description Of the campaigns for this product. */
                    product_id?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Funnel"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analytics/replies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What people answered in these days, by class, the most frequent first. A reply may be of several classes. */
        get: {
            parameters: {
                query?: {
                    /** @description The first day of the business; thirty days back when it is left out. */
                    from?: string;
                    /** @description The last day; today when it is left out. */
                    to?: string;
                    campaign_id?: number;
                    /** @description Of the campaigns for this product. */
                    product_id?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Figures_ClassFigures"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analytics/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What campaigns did and what came of it, by day or by hour of the day. */
        get: {
            parameters: {
                query?: {
                    /** @description The first day of the business; thirty days back when it is left out. */
                    from?: string;
                    /** @description The last day; today when it is left out. */
                    to?: string;
                    campaign_id?: number;
                    /** @description Of the campaigns for this product. */
                    product_id?: number;
                    /** @description By day when it is left out. */
                    by?: "day" | "hour";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Figures_TimeFigures"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The audit log, newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description Who did it, as `actor` says it. */
                    actor?: string;
                    /** @description An action (`client.update`), or all of a kind (`client`). */
                    action?: string;
                    /** @description About what, as `subject` says it: `client:12`. */
                    subject?: string;
                    /** @description On this day or later, in the business's time zone. */
                    from_day?: components["schemas"]["Date"];
                    /** @description On this day or earlier. */
                    to_day?: components["schemas"]["Date"];
                    /** @description Rows of the page. */
                    limit?: number;
                    /** @description `next_cursor` of the page before. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_AuditEntry"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Logs in with a name and a password. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["LoginInput"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["LoginAnswer"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends the session. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Says who calls. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Me"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The campaigns, newest first unless `sort` says otherwise. */
        get: {
            parameters: {
                query?: {
                    status?: components["schemas"]["CampaignState"];
                    /** @description Part of the name. */
                    search?: string;
                    /** @description `id`, `name`, `created_at` or `updated_at`; with `-` before it the other way round. */
                    sort?: string;
                    limit?: number;
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_Campaign"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns/audience": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Whom a campaign would reach if it began now, and why not the others. Nothing is stored. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AudienceInput"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AudienceAnswer"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns/create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes a campaign of those contacts that exist; the others are named in the answer. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CampaignInput"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CreatedCampaign"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns/forecast": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** When a campaign would end. Nothing is stored. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ForecastInput"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ForecastAnswer"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a campaign would write to the first people who may be written to. Nothing is stored and nothing is sent. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DraftPreviewInput"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_Sample"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A campaign. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Campaign"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Deletes a draft that has never begun. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        options?: never;
        head?: never;
        /** Changes a campaign's name or description, or its follow-ups before it has begun. */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CampaignChange"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Campaign"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/campaigns/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets drafts out: those named, or all. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["ApproveInput"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Approved"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stops a campaign for good; what was not sent is cancelled. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Campaign"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns/{id}/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The people of a campaign by the contact's id: the state of each, why, and when. */
        get: {
            parameters: {
                query?: {
                    state?: components["schemas"]["CampaignContactState"];
                    /** @description The name of a reason, as in `by_reason` of the figures. */
                    reason?: string;
                    /** @description A template of an A/B test, from 0. */
                    variant?: number;
                    limit?: number;
                    cursor?: string;
                };
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_CampaignContact"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns/{id}/drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The drafts that wait for approval, oldest first. The cursor is the last draft's id. */
        get: {
            parameters: {
                query?: {
                    /** @description Rows of the page. */
                    limit?: number;
                    /** @description `next_cursor` of the page before. */
                    cursor?: string;
                };
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_OutboxMessage"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Gives a draft another text. It still waits for approval. */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DraftChange"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OutboxMessage"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/campaigns/{id}/initiate-dialogs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Starts a campaign, or goes on with a paused one. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["InitiateInput"];
                };
            };
            responses: {
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Initiated"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stops a campaign for now. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Campaign"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What the campaign would write to some of its people. Nothing is sent. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["PreviewInput"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_Sample"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns/{id}/rehearse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rehearses the campaign in the background with copies of some of its people against a simulated Telegram, in virtual time.
         *     Nobody is written to and nothing changes. The job's result tells the texts, how long it takes, the answers by class,
         *     the opt-outs and what went wrong.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["RehearsalInput"];
                };
            };
            responses: {
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Job"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rejects drafts: their people are skipped, with the reason `rejected`. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["RejectInput"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Rejected"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Goes on with a paused campaign. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Campaign"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/campaigns/{id}/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The figures of a campaign. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CampaignStats"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/clients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The clients. */
        get: {
            parameters: {
                query?: {
                    /** @description Part of the name, the beginning of a phone, a username, a contract or subscription number. */
                    search?: string;
                    status?: components["schemas"]["ClientStatus"];
                    direction?: string;
                    source?: string;
                    tag?: string;
                    /** @description The card was made on this day or later. */
                    created_from?: components["schemas"]["Date"];
                    /** @description The card was made on this day or earlier. */
                    created_to?: components["schemas"]["Date"];
                    /** @description No attended visit in so many days. */
                    inactive_days?: number;
                    /** @description Birthdays from this day of any year … */
                    birthday_from?: components["schemas"]["Date"];
                    /** @description … to this one. */
                    birthday_to?: components["schemas"]["Date"];
                    opted_out?: boolean;
                    /** @description Only those who owe something. */
                    debtors?: boolean;
                    /** @description `id`, `name`, `created_at` or `last_visit`; with `-` before it the other way round. */
                    sort?: string;
                    limit?: number;
                    cursor?: string;
                    /** @description Of an export: `csv` or `xlsx`. */
                    format?: "csv" | "xlsx";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_Client"];
                    };
                };
            };
        };
        put?: never;
        /** Makes a client: of a contact that there is (`contact_id`), or together with a new contact. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ClientInput"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ClientCard"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/clients/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The clients that fit, as a file. `limit` and `cursor` are not used. */
        get: {
            parameters: {
                query?: {
                    /** @description Part of the name, the beginning of a phone, a username, a contract or subscription number. */
                    search?: string;
                    status?: components["schemas"]["ClientStatus"];
                    direction?: string;
                    source?: string;
                    tag?: string;
                    /** @description The card was made on this day or later. */
                    created_from?: components["schemas"]["Date"];
                    /** @description The card was made on this day or earlier. */
                    created_to?: components["schemas"]["Date"];
                    /** @description No attended visit in so many days. */
                    inactive_days?: number;
                    /** @description Birthdays from this day of any year … */
                    birthday_from?: components["schemas"]["Date"];
                    /** @description … to this one. */
                    birthday_to?: components["schemas"]["Date"];
                    opted_out?: boolean;
                    /** @description Only those who owe something. */
                    debtors?: boolean;
                    /** @description `id`, `name`, `created_at` or `last_visit`; with `-` before it the other way round. */
                    sort?: string;
                    limit?: number;
                    cursor?: string;
                    /** @description Of an export: `csv` or `xlsx`. */
                    format?: "csv" | "xlsx";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": number[];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/clients/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes clients of a file's rows; whoever is a client already stays as they are. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "multipart/form-data": components["schemas"]["ImportForm"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TableReport"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/clients/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A client's card. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ClientCard"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Takes the card away; the contact stays. A client with bookings or payments is kept: make it `former`. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        options?: never;
        head?: never;
        /** Changes a card: the fields that the body brings; `null` empties a field. Name and phone are the contact's. */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ClientChange"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ClientCard"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The contacts. */
        get: {
            parameters: {
                query?: {
                    /** @description These alone: numbers with commas between them, at most 1000. */
                    ids?: string;
                    /** @description Part of the name, the beginning of the phone or of the username. */
                    search?: string;
                    tag?: string;
                    status?: components["schemas"]["ContactStatus"];
                    /** @description Members of this group. */
                    group_id?: number;
                    consent?: components["schemas"]["ConsentBasis"];
                    source?: components["schemas"]["ContactSource"];
                    stage?: components["schemas"]["FunnelStage"];
                    /** @description Only those who said stop, or only those who did not. */
                    opted_out?: boolean;
                    /** @description Nobody wrote in their dialogs since this moment. */
                    not_contacted_since?: string;
                    /** @description `id`, `name`, `created_at` or `last_message_at`; with `-` before it the other way round. */
                    sort?: string;
                    limit?: number;
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_Contact"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Does something to many contacts in the background. The job tells how far it is and in the end how many were `changed`,
         *     were as asked already (`unchanged`), or may not be changed so (`refused`).
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["BulkInput"];
                };
            };
            responses: {
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Job"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/bulk/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes back, in the background, what a change of many contacts did to tags or stages, within a day of its end. What was
         *     changed since then stays; consent, opt-outs and deletions cannot be taken back.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Job"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Adds a contact. Consent is recorded as `CONTACTS_UPLOAD_CONSENT` says unless the body names a basis. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ContactInput"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Contact"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The contacts that fit, as CSV for a spreadsheet. `limit` and `cursor` are not used. */
        get: {
            parameters: {
                query?: {
                    /** @description These alone: numbers with commas between them, at most 1000. */
                    ids?: string;
                    /** @description Part of the name, the beginning of the phone or of the username. */
                    search?: string;
                    tag?: string;
                    status?: components["schemas"]["ContactStatus"];
                    /** @description Members of this group. */
                    group_id?: number;
                    consent?: components["schemas"]["ConsentBasis"];
                    source?: components["schemas"]["ContactSource"];
                    stage?: components["schemas"]["FunnelStage"];
                    /** @description Only those who said stop, or only those who did not. */
                    opted_out?: boolean;
                    /** @description Nobody wrote in their dialogs since this moment. */
                    not_contacted_since?: string;
                    /** @description `id`, `name`, `created_at` or `last_message_at`; with `-` before it the other way round. */
                    sort?: string;
                    limit?: number;
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The tags in use, the most used first, at most 200. */
        get: {
            parameters: {
                query?: {
                    /** @description The beginning of the tag. */
                    search?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_TagCount"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/upload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Uploads contacts from a file: CSV, XLSX, TXT or vCard. */
        post: {
            parameters: {
                query?: {
                    /** @description Answer at once with a job. */
                    background?: boolean;
                };
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "multipart/form-data": components["schemas"]["UploadForm"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ImportReport"];
                    };
                };
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["UploadJob"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A contact. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Contact"];
                    };
                };
            };
        };
        /** Changes a contact: the fields that the body brings; `null` empties a field. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ContactChange"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Contact"];
                    };
                };
            };
        };
        post?: never;
        /** Deletes a contact with everything about the person. That the person said stop stays known, as a hash. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{id}/campaigns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The campaigns that have the contact, the newest first, at most 500. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_ContactCampaign"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{id}/consent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The ledger of a contact, oldest first. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_LedgerEntry"];
                    };
                };
            };
        };
        put?: never;
        /** Records consent. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ConsentInput"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Contact"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{id}/duplicates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Contacts that are likely the same person, the likeliest first, at most 20: the same full name, or the name of the one
         *     is the username of the other.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_Contact"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything that is kept of a person, to be handed over on request. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PersonExport"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{id}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes one contact of two. This one keeps its fields and gets those it lacks; the other's dialogs, messages, consents,
         *     campaigns, tags, history and client card come along. The stricter verdict on consent holds.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["MergeInput"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Contact"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{id}/opt-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The person wants no more messages: consent ends, whatever waits for the person is cancelled, dialogs are closed. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Contact"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{id}/revoke-consent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes consent back. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["RevocationInput"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Contact"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{id}/stage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Moves a contact in the funnel: it has applied, is won, or lost with a reason. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["StageInput"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Contact"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/contacts/{id}/stages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The moves of a contact in the funnel, newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description Rows of the page. */
                    limit?: number;
                    /** @description `next_cursor` of the page before. */
                    cursor?: string;
                };
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_StageMove"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/dashboard/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The summary. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Summary"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/dialogs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The dialogs, the one with the newest message first unless `sort` says otherwise. */
        get: {
            parameters: {
                query?: {
                    /** @description All of them when it is left out. */
                    tab?: components["schemas"]["TabName"];
                    /** @description Part of the person's name, the beginning of the phone or of the username. */
                    search?: string;
                    /** @description Whose last campaign is this. */
                    campaign_id?: number;
                    /** @description `last_message_at`, `unread` or `id`; with `-` before it the other way round. */
                    sort?: string;
                    limit?: number;
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_Dialog"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/dialogs/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The numbers on the tabs of the inbox. */
        get: {
            parameters: {
                query?: {
                    /** @description As in the list. */
                    search?: string;
                    campaign_id?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TabCounts"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/dialogs/{contact_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The dialog with a contact: of several accounts, the one with the newest message. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    contact_id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Dialog"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/dialogs/{contact_id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Closes the dialog; what the AI had queued is cancelled. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    contact_id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Dialog"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/dialogs/{contact_id}/hand-back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The AI answers again, also what nobody has answered yet. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    contact_id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Dialog"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/dialogs/{contact_id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Everything in the dialog was read; the person sees it in Telegram. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    contact_id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Dialog"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/dialogs/{contact_id}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Opens a closed dialog again. What was cancelled stays so. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    contact_id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Dialog"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/dialogs/{contact_id}/suggest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Suggests an answer to what the person said last. Nothing is sent. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    contact_id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Suggestion"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/dialogs/{contact_id}/take-over": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A person of the team answers from now on; the AI is silent. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    contact_id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Dialog"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/directions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The directions, in their order. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_Direction"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/directions/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Adds a direction or changes its name and place. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    code: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DirectionInput"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Direction"];
                    };
                };
            };
        };
        post?: never;
        /** Takes a direction away that nothing names. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    code: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happens: `message`, `dialog`, `campaign`, `drafts`, `job`, `account` and other events, each with ids and states. The
         *     counters of a campaign and its new drafts are told at most twice a second. A `reset` comes first
         *     when events behind the asked id are not kept any more: what was read before is to be read anew.
         */
        get: {
            parameters: {
                query?: {
                    /** @description As the header `Last-Event-ID`, for clients that cannot send one. Without either: from now on. */
                    last_event_id?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The groups and channels. */
        get: {
            parameters: {
                query?: {
                    /** @description Ask Telegram first. */
                    refresh?: boolean;
                    /** @description `id`, `title`, `members_count` or `refreshed_at`; with `-` before it the other way round. */
                    sort?: string;
                    limit?: number;
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_Group"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/groups/{id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The members found by parsing. */
        get: {
            parameters: {
                query?: {
                    /** @description `id`, `name` or `seen_at`; with `-` before it the other way round. */
                    sort?: string;
                    limit?: number;
                    cursor?: string;
                };
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_GroupMember"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/groups/{id}/parse-members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reads a group's members in the background. They become contacts without consent: no campaign writes to them. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["ParseInput"];
                };
            };
            responses: {
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Job"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The uploads, newest first unless `sort` says otherwise. */
        get: {
            parameters: {
                query?: {
                    state?: components["schemas"]["ImportState"];
                    /** @description `id`, `file_name`, `total` or `created_at`; with `-` before it the other way round. */
                    sort?: string;
                    limit?: number;
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_Import"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Looks at a file of contacts without importing it: which columns it has and which field each is taken for. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "multipart/form-data": components["schemas"]["PreviewForm"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ImportPreview"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An upload. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Import"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{id}/problems.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The problem rows of an upload with their reasons, as CSV. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undoes an upload. Contacts that were written to since stay and are named; what was edited since stays too. It takes as
         *     long as it takes, and goes on when nobody waits any more.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["UndoReport"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A job. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Job"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/knowledge/blocks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The blocks of first messages by kind. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_KnowledgeBlocks"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/knowledge/blocks/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The blocks of one kind. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    kind: "greetings" | "introductions" | "bridges" | "offers" | "questions" | "closings" | "ai_disclosure" | "stop_sentence";
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["KnowledgeBlocks"];
                    };
                };
            };
        };
        /** Puts the blocks of one kind. */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The `ETag` of the version that the change is based on; another one in force is a 412. */
                    "If-Match"?: string;
                };
                path: {
                    kind: "greetings" | "introductions" | "bridges" | "offers" | "questions" | "closings" | "ai_disclosure" | "stop_sentence";
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["BlocksInput"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["KnowledgeBlocks"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/knowledge/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The whole knowledge base as a YAML file, which can be imported again. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/yaml": Record<string, never>;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/knowledge/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Replaces the knowledge base by a YAML file. Every problem is named with its line, and then nothing is changed. */
        post: {
            parameters: {
                query?: {
                    /** @description Say what would change, and change nothing. */
                    dry_run?: boolean;
                };
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                    /** @description The `ETag` of the version that the change is based on; another one in force is a 412. */
                    "If-Match"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/yaml": Record<string, never>;
                    "multipart/form-data": components["schemas"]["KnowledgeForm"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["KnowledgeImported"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/knowledge/objections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The approved answers by class of reply. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_KnowledgeAnswers"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/knowledge/objections/{class}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The approved answers to a class of reply. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    class: "price_rate" | "already_have" | "no_need" | "no_trust" | "think_later" | "bad_experience" | "ask_consultant" | "fear_of_debt" | "who_are_you" | "opt_out" | "interest" | "question" | "other";
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["KnowledgeAnswers"];
                    };
                };
            };
        };
        /** Puts the approved answers to a class of reply. */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The `ETag` of the version that the change is based on; another one in force is a 412. */
                    "If-Match"?: string;
                };
                path: {
                    class: "price_rate" | "already_have" | "no_need" | "no_trust" | "think_later" | "bad_experience" | "ask_consultant" | "fear_of_debt" | "who_are_you" | "opt_out" | "interest" | "question" | "other";
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AnswersInput"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["KnowledgeAnswers"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/knowledge/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The products with their facts. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": Record<string, never>;
                    };
                };
            };
        };
        put?: never;
        /** Adds a product. Without an id it gets the next one. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                    /** @description The `ETag` of the version that the change is based on; another one in force is a 412. */
                    "If-Match"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["KnowledgeProduct"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["KnowledgeProductAnswer"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/knowledge/products/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A product in all its languages, with its facts, to be changed. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["KnowledgeProductAnswer"];
                    };
                };
            };
        };
        /** Puts a product with all its facts. */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The `ETag` of the version that the change is based on; another one in force is a 412. */
                    "If-Match"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["KnowledgeProduct"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["KnowledgeProductAnswer"];
                    };
                };
            };
        };
        post?: never;
        /** Deletes a product that no campaign needs any more. */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The `ETag` of the version that the change is based on; another one in force is a 412. */
                    "If-Match"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        options?: never;
        head?: never;
        /** Changes what is sent of a product (JSON merge patch): texts by language, lists as a whole, null removes. */
        patch: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The `ETag` of the version that the change is based on; another one in force is a 412. */
                    "If-Match"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": Record<string, never>;
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["KnowledgeProductAnswer"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/knowledge/products/{id}/facts/{attribute}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Puts a fact of a product. */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The `ETag` of the version that the change is based on; another one in force is a 412. */
                    "If-Match"?: string;
                };
                path: {
                    id: number;
                    attribute: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["KnowledgeFact"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["KnowledgeFactAnswer"];
                    };
                };
            };
        };
        post?: never;
        /** Deletes a fact of a product. Texts that need it must go first. */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The `ETag` of the version that the change is based on; another one in force is a 412. */
                    "If-Match"?: string;
                };
                path: {
                    id: number;
                    attribute: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/knowledge/program": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The programme in all its languages, to be changed. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["KnowledgeProgramAnswer"];
                    };
                };
            };
        };
        /** Puts the programme. `sample: false` says that the facts of the base are true. */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The `ETag` of the version that the change is based on; another one in force is a 412. */
                    "If-Match"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ProgramInput"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["KnowledgeProgramAnswer"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/knowledge/program-info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The programme: its levels and benefits. `sample` says that the facts are made up. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": Record<string, never>;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/knowledge/strategy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which products, and how many, lead to a level; and what to mend, with the figure that says so. */
        get: {
            parameters: {
                query?: {
                    /** @description 0 when it is left out. */
                    current_points?: number;
                    /** @description The name of a level; the next one when it is left out. */
                    target_level?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": Record<string, never>;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/knowledge/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes the products of the partner's personal cabinet (`KNOWLEDGE_SYNC_URL`). Nothing is deleted; an answer that does
         *     not fit changes nothing.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                    /** @description The `ETag` of the version that the change is based on; another one in force is a 412. */
                    "If-Match"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["KnowledgeSynced"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/knowledge/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The versions of the knowledge base, newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description Rows of the page. */
                    limit?: number;
                    /** @description `next_cursor` of the page before. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_KnowledgeVersion"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/knowledge/versions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A version: who made it, and what it changed against the one before it. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["KnowledgeVersionDetail"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/knowledge/versions/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Puts what an earlier version said in force, as a new version: the way to undo a change. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                    /** @description The `ETag` of the version that the change is based on; another one in force is a 412. */
                    "If-Match"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["KnowledgeVersionDetail"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/messages/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The history of a contact. The first page has the newest messages; in a page the newest is last. */
        get: {
            parameters: {
                query: {
                    contact_id: number;
                    limit?: number;
                    /** @description For older messages. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_Message"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/messages/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Queues a message that an operator wrote. It stands in the history at once, as `queued`; `GET /api/messages/{id}` tells
         *     what becomes of it, and `GET /api/outbox/{outbox_id}` why. The operator takes the dialog over by it.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SendInput"];
                };
            };
            responses: {
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Message"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/messages/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A message. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Message"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Gives a message of ours another text: in the queue as long as it waits, else in Telegram too, for 48 hours. */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["EditInput"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Message"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/messages/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends an operator's message that failed once more. The new message takes its place in the history. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Message"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/outbox/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An outgoing message: where it stands. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OutboxMessage"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The payments and refunds. */
        get: {
            parameters: {
                query?: {
                    /** @description Completed on this business day or later. */
                    from_day?: components["schemas"]["Date"];
                    /** @description Completed on this business day or earlier. */
                    to_day?: components["schemas"]["Date"];
                    client_id?: number;
                    kind?: components["schemas"]["PaymentKind"];
                    status?: components["schemas"]["PaymentStatus"];
                    method?: components["schemas"]["PaymentMethod"];
                    service_id?: number;
                    staff_id?: number;
                    booking_id?: number;
                    subscription_id?: number;
                    /** @description Refunds of this payment. */
                    refund_of?: number;
                    /** @description The beginning of the receipt's number. */
                    number?: string;
                    /** @description `id`, `paid_at` (by day; what has none yet counts as later than any) or `amount`; with `-` before it the other way round. */
                    sort?: string;
                    limit?: number;
                    cursor?: string;
                    /** @description Of an export: `csv` or `xlsx`. */
                    format?: "csv" | "xlsx";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_Payment"];
                    };
                };
            };
        };
        put?: never;
        /** Records a payment. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PaymentInput"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Payment"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/payments/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The payments that fit, as a file. `limit` and `cursor` are not used. */
        get: {
            parameters: {
                query?: {
                    /** @description Completed on this business day or later. */
                    from_day?: components["schemas"]["Date"];
                    /** @description Completed on this business day or earlier. */
                    to_day?: components["schemas"]["Date"];
                    client_id?: number;
                    kind?: components["schemas"]["PaymentKind"];
                    status?: components["schemas"]["PaymentStatus"];
                    method?: components["schemas"]["PaymentMethod"];
                    service_id?: number;
                    staff_id?: number;
                    booking_id?: number;
                    subscription_id?: number;
                    /** @description Refunds of this payment. */
                    refund_of?: number;
                    /** @description The beginning of the receipt's number. */
                    number?: string;
                    /** @description `id`, `paid_at` (by day; what has none yet counts as later than any) or `amount`; with `-` before it the other way round. */
                    sort?: string;
                    limit?: number;
                    cursor?: string;
                    /** @description Of an export: `csv` or `xlsx`. */
                    format?: "csv" | "xlsx";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": number[];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/payments/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Records the payments of a file; those whose receipt's number is there already are left out. Refunds are made by hand. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "multipart/form-data": components["schemas"]["ImportForm"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TableReport"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/payments/sums": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The money of the payments that fit. `sort`, `limit`, `cursor` and `format` are not used. */
        get: {
            parameters: {
                query?: {
                    /** @description Completed on this business day or later. */
                    from_day?: components["schemas"]["Date"];
                    /** @description Completed on this business day or earlier. */
                    to_day?: components["schemas"]["Date"];
                    client_id?: number;
                    kind?: components["schemas"]["PaymentKind"];
                    status?: components["schemas"]["PaymentStatus"];
                    method?: components["schemas"]["PaymentMethod"];
                    service_id?: number;
                    staff_id?: number;
                    booking_id?: number;
                    subscription_id?: number;
                    /** @description Refunds of this payment. */
                    refund_of?: number;
                    /** @description The beginning of the receipt's number. */
                    number?: string;
                    /** @description `id`, `paid_at` (by day; what has none yet counts as later than any) or `amount`; with `-` before it the other way round. */
                    sort?: string;
                    limit?: number;
                    cursor?: string;
                    /** @description Of an export: `csv` or `xlsx`. */
                    format?: "csv" | "xlsx";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PaymentSums"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/payments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A payment or a refund. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Payment"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Changes a payment: a pending one is completed, failed or cancelled; a completed one can be cancelled (a slip of the
         *     pen) while nothing of it was given back.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PaymentChange"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Payment"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/payments/{id}/refund": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives money back: a row of its own, on its own day. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["RefundInput"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Payment"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/places": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The list. */
        get: {
            parameters: {
                query?: {
                    /** @description Part of the name. */
                    search?: string;
                    /** @description Still offered, or not any more. */
                    active?: boolean;
                    direction?: string;
                    kind?: components["schemas"]["PlaceKind"];
                    /** @description One of the columns that the pattern names; with `-` before it the other way round. */
                    sort?: string;
                    limit?: number;
                    cursor?: string;
                    /** @description Of an export: `csv` or `xlsx`. */
                    format?: "csv" | "xlsx";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_Place"];
                    };
                };
            };
        };
        put?: never;
        /** Adds one. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PlaceInput"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Place"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/places/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Those that fit, as a file. `limit` and `cursor` are not used. */
        get: {
            parameters: {
                query?: {
                    /** @description Part of the name. */
                    search?: string;
                    /** @description Still offered, or not any more. */
                    active?: boolean;
                    direction?: string;
                    kind?: components["schemas"]["PlaceKind"];
                    /** @description One of the columns that the pattern names; with `-` before it the other way round. */
                    sort?: string;
                    limit?: number;
                    cursor?: string;
                    /** @description Of an export: `csv` or `xlsx`. */
                    format?: "csv" | "xlsx";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": number[];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/places/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Adds the places of a file; those whose name is there already stay as they are. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "multipart/form-data": components["schemas"]["ImportForm"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TableReport"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/places/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of them. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Place"];
                    };
                };
            };
        };
        /** Writes one anew: what the body leaves out is emptied. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PlaceInput"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Place"];
                    };
                };
            };
        };
        post?: never;
        /** Takes one away that nothing names yet; otherwise switch it off (`active: false`). */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        options?: never;
        head?: never;
        /** Changes what the body names; the rest stays. */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PlaceChange"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Place"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rules of writing to people that are in force, and where each comes from. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PolicyView"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes rules of writing to people. They hold at once: for the next message, and for what waits. */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PolicyChange"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PolicyView"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/schedule/bookings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The bookings. */
        get: {
            parameters: {
                query?: {
                    /** @description Begins at this moment or later. */
                    from?: components["schemas"]["Time"];
                    /** @description Begins before this moment. */
                    to?: components["schemas"]["Time"];
                    /** @description Begins on this business day or later. */
                    from_day?: components["schemas"]["Date"];
                    /** @description Begins on this business day or earlier. */
                    to_day?: components["schemas"]["Date"];
                    client_id?: number;
                    session_id?: number;
                    service_id?: number;
                    staff_id?: number;
                    place_id?: number;
                    subscription_id?: number;
                    /** @description Only seats in sessions, or only places for a time. */
                    kind?: "session" | "place";
                    status?: components["schemas"]["BookingStatus"];
                    /** @description Only those where something is still to be paid. */
                    owed?: boolean;
                    /** @description `id` or `starts_at`; with `-` before it the other way round. */
                    sort?: string;
                    limit?: number;
                    cursor?: string;
                    /** @description Of an export: `csv` or `xlsx`. */
                    format?: "csv" | "xlsx";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_Booking"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Books a seat in a session (`session_id`), or a place for a time (`place_id`, `starts_at`, `ends_at`). With `wait` a
         *     client for whom there is no seat is put on the waiting list: 202.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["BookingInput"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Booking"];
                    };
                };
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Waiting"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/schedule/bookings/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The bookings that fit, as a file. `limit` and `cursor` are not used. */
        get: {
            parameters: {
                query?: {
                    /** @description Begins at this moment or later. */
                    from?: components["schemas"]["Time"];
                    /** @description Begins before this moment. */
                    to?: components["schemas"]["Time"];
                    /** @description Begins on this business day or later. */
                    from_day?: components["schemas"]["Date"];
                    /** @description Begins on this business day or earlier. */
                    to_day?: components["schemas"]["Date"];
                    client_id?: number;
                    session_id?: number;
                    service_id?: number;
                    staff_id?: number;
                    place_id?: number;
                    subscription_id?: number;
                    /** @description Only seats in sessions, or only places for a time. */
                    kind?: "session" | "place";
                    status?: components["schemas"]["BookingStatus"];
                    /** @description Only those where something is still to be paid. */
                    owed?: boolean;
                    /** @description `id` or `starts_at`; with `-` before it the other way round. */
                    sort?: string;
                    limit?: number;
                    cursor?: string;
                    /** @description Of an export: `csv` or `xlsx`. */
                    format?: "csv" | "xlsx";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": number[];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/schedule/bookings/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Adds the bookings of a file; seats that the clients have already stay as they are. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "multipart/form-data": components["schemas"]["ImportForm"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TableReport"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/schedule/bookings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A booking. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Booking"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes a booking: moves it into another session, or to another place or time. */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["BookingChange"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Booking"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/schedule/bookings/{id}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Says what became of a booking: `attended`, `no_show`, `cancelled`, or `booked` again after a slip. A freed seat goes to
         *     the first who waits. `paid` follows from payments.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["StatusInput"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Booking"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/schedule/free": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is free. */
        get: {
            parameters: {
                query?: {
                    /** @description A business day, whole; or give `from` and `to`. Today when all are left out. */
                    day?: components["schemas"]["Date"];
                    from?: components["schemas"]["Time"];
                    /** @description At most 31 days after `from`. */
                    to?: components["schemas"]["Time"];
                    /** @description Only sessions of this service. */
                    service_id?: number;
                    /** @description Only this trainer, and sessions with this trainer. */
                    staff_id?: number;
                    /** @description Only this place, and sessions in it. */
                    place_id?: number;
                    /** @description Only places of this kind. */
                    place_kind?: components["schemas"]["PlaceKind"];
                    /** @description Shortest free stretch of a place or a trainer; 30 when it is left out. */
                    minutes?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Free"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/schedule/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The sessions. */
        get: {
            parameters: {
                query?: {
                    /** @description Begins at this moment or later. */
                    from?: components["schemas"]["Time"];
                    /** @description Begins before this moment. */
                    to?: components["schemas"]["Time"];
                    /** @description Begins on this business day or later. */
                    from_day?: components["schemas"]["Date"];
                    /** @description Begins on this business day or earlier. */
                    to_day?: components["schemas"]["Date"];
                    service_id?: number;
                    staff_id?: number;
                    place_id?: number;
                    series_id?: number;
                    status?: components["schemas"]["SessionStatus"];
                    /** @description Only those with a free seat. */
                    free?: boolean;
                    /** @description `id` or `starts_at`; with `-` before it the other way round. */
                    sort?: string;
                    limit?: number;
                    cursor?: string;
                    /** @description Of an export: `csv` or `xlsx`. */
                    format?: "csv" | "xlsx";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_Session"];
                    };
                };
            };
        };
        put?: never;
        /** Makes a session, or a weekly series of them: all or none. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SessionInput"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CreatedSessions"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/schedule/sessions/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The sessions that fit, as a file. `limit` and `cursor` are not used. */
        get: {
            parameters: {
                query?: {
                    /** @description Begins at this moment or later. */
                    from?: components["schemas"]["Time"];
                    /** @description Begins before this moment. */
                    to?: components["schemas"]["Time"];
                    /** @description Begins on this business day or later. */
                    from_day?: components["schemas"]["Date"];
                    /** @description Begins on this business day or earlier. */
                    to_day?: components["schemas"]["Date"];
                    service_id?: number;
                    staff_id?: number;
                    place_id?: number;
                    series_id?: number;
                    status?: components["schemas"]["SessionStatus"];
                    /** @description Only those with a free seat. */
                    free?: boolean;
                    /** @description `id` or `starts_at`; with `-` before it the other way round. */
                    sort?: string;
                    limit?: number;
                    cursor?: string;
                    /** @description Of an export: `csv` or `xlsx`. */
                    format?: "csv" | "xlsx";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": number[];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/schedule/sessions/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Adds the sessions of a file; those that are there already (service, beginning, trainer, place) stay as they are. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "multipart/form-data": components["schemas"]["ImportForm"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TableReport"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/schedule/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A session. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Session"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes a session. Those who are booked go with it. */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SessionChange"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Session"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/schedule/sessions/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancels a session with every booking in it; nobody waits for it any more. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": components["schemas"]["Cancellation"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Session"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/schedule/sessions/{id}/stop-waiting": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes a client off the waiting list. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Leaver"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_Waiting"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/schedule/sessions/{id}/waiting": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who waits for a seat in a session, in order. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_Waiting"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/services": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The list. */
        get: {
            parameters: {
                query?: {
                    /** @description Part of the name. */
                    search?: string;
                    /** @description Still offered, or not any more. */
                    active?: boolean;
                    direction?: string;
                    category?: string;
                    /** @description Sold as a subscription, or not. */
                    subscription?: boolean;
                    /** @description One of the columns that the pattern names; with `-` before it the other way round. */
                    sort?: string;
                    limit?: number;
                    cursor?: string;
                    /** @description Of an export: `csv` or `xlsx`. */
                    format?: "csv" | "xlsx";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_Service"];
                    };
                };
            };
        };
        put?: never;
        /** Adds one. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ServiceInput"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Service"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/services/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Those that fit, as a file. `limit` and `cursor` are not used. */
        get: {
            parameters: {
                query?: {
                    /** @description Part of the name. */
                    search?: string;
                    /** @description Still offered, or not any more. */
                    active?: boolean;
                    direction?: string;
                    category?: string;
                    /** @description Sold as a subscription, or not. */
                    subscription?: boolean;
                    /** @description One of the columns that the pattern names; with `-` before it the other way round. */
                    sort?: string;
                    limit?: number;
                    cursor?: string;
                    /** @description Of an export: `csv` or `xlsx`. */
                    format?: "csv" | "xlsx";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": number[];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/services/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Adds the services of a file; those whose name is there already stay as they are. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "multipart/form-data": components["schemas"]["ImportForm"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TableReport"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/services/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of them. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Service"];
                    };
                };
            };
        };
        /** Writes one anew: what the body leaves out is emptied. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ServiceInput"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Service"];
                    };
                };
            };
        };
        post?: never;
        /** Takes one away that nothing names yet; otherwise switch it off (`active: false`). */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        options?: never;
        head?: never;
        /** Changes what the body names; the rest stays. */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ServiceChange"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Service"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/staff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The list. */
        get: {
            parameters: {
                query?: {
                    /** @description Part of the name. */
                    search?: string;
                    /** @description Still works here, or not any more. */
                    active?: boolean;
                    direction?: string;
                    /** @description `id` or `name`; with `-` before it the other way round. */
                    sort?: string;
                    limit?: number;
                    cursor?: string;
                    /** @description Of an export: `csv` or `xlsx`. */
                    format?: "csv" | "xlsx";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_Staff"];
                    };
                };
            };
        };
        put?: never;
        /** Adds one. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["StaffInput"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Staff"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/staff/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Those that fit, as a file. `limit` and `cursor` are not used. */
        get: {
            parameters: {
                query?: {
                    /** @description Part of the name. */
                    search?: string;
                    /** @description Still works here, or not any more. */
                    active?: boolean;
                    direction?: string;
                    /** @description `id` or `name`; with `-` before it the other way round. */
                    sort?: string;
                    limit?: number;
                    cursor?: string;
                    /** @description Of an export: `csv` or `xlsx`. */
                    format?: "csv" | "xlsx";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": number[];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/staff/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Adds the staff of a file; whoever is there already (name and phone) stays as they are. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "multipart/form-data": components["schemas"]["ImportForm"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TableReport"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/staff/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of them. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Staff"];
                    };
                };
            };
        };
        /** Writes one anew: what the body leaves out is emptied. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["StaffInput"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Staff"];
                    };
                };
            };
        };
        post?: never;
        /** Takes one away whom nothing names yet; otherwise switch them off (`active: false`). */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        options?: never;
        head?: never;
        /** Changes what the body names; the rest stays. */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["StaffChange"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Staff"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The subscriptions. */
        get: {
            parameters: {
                query?: {
                    client_id?: number;
                    service_id?: number;
                    /** @description The beginning of the number. */
                    number?: string;
                    status?: components["schemas"]["SubscriptionStatus"];
                    /** @description Runs on this day: contains it, is not cancelled and not frozen. */
                    active_on?: components["schemas"]["Date"];
                    /** @description Is frozen on this day. */
                    frozen_on?: components["schemas"]["Date"];
                    /** @description Ends on this day or later. */
                    ends_from?: components["schemas"]["Date"];
                    /** @description Ends on this day or earlier. */
                    ends_to?: components["schemas"]["Date"];
                    /** @description Only those where something is still to be paid. */
                    owed?: boolean;
                    /** @description Only those that are not cancelled and have no visit left. */
                    used_up?: boolean;
                    /** @description `id` or `ends_on`; with `-` before it the other way round. */
                    sort?: string;
                    limit?: number;
                    cursor?: string;
                    /** @description Of an export: `csv` or `xlsx`. */
                    format?: "csv" | "xlsx";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_Subscription"];
                    };
                };
            };
        };
        put?: never;
        /** Sells a subscription. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SubscriptionInput"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Subscription"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/subscriptions/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The subscriptions that fit, as a file. `limit` and `cursor` are not used. */
        get: {
            parameters: {
                query?: {
                    client_id?: number;
                    service_id?: number;
                    /** @description The beginning of the number. */
                    number?: string;
                    status?: components["schemas"]["SubscriptionStatus"];
                    /** @description Runs on this day: contains it, is not cancelled and not frozen. */
                    active_on?: components["schemas"]["Date"];
                    /** @description Is frozen on this day. */
                    frozen_on?: components["schemas"]["Date"];
                    /** @description Ends on this day or later. */
                    ends_from?: components["schemas"]["Date"];
                    /** @description Ends on this day or earlier. */
                    ends_to?: components["schemas"]["Date"];
                    /** @description Only those where something is still to be paid. */
                    owed?: boolean;
                    /** @description Only those that are not cancelled and have no visit left. */
                    used_up?: boolean;
                    /** @description `id` or `ends_on`; with `-` before it the other way round. */
                    sort?: string;
                    limit?: number;
                    cursor?: string;
                    /** @description Of an export: `csv` or `xlsx`. */
                    format?: "csv" | "xlsx";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": number[];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/subscriptions/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Adds the subscriptions of a file; those whose number is there already stay as they are. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "multipart/form-data": components["schemas"]["ImportForm"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TableReport"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/subscriptions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A subscription. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Subscription"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes a subscription. */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SubscriptionChange"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Subscription"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/subscriptions/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancels a subscription: nothing is owed for it any more. What was paid is given back by a refund. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Subscription"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/subscriptions/{id}/freeze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Freezes a subscription for some days. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["FreezeInput"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Subscription"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/subscriptions/{id}/unfreeze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends the freeze that holds today, or the next one. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Subscription"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/system": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What this Alfa is, and what is not as it should be. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["About"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The tokens, newest first, the revoked ones too. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_Token"];
                    };
                };
            };
        };
        put?: never;
        /** Makes a token. */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body is answered with the first answer and does nothing. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["TokenInput"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["NewToken"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revokes a token, for good. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process lives. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Health"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Figures for Prometheus. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/openmetrics-text": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the database answers and its schema is the present one. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Ready"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description What this Alfa is. */
        About: {
            /** @description The first message that an AI writes says so. */
            ai_disclosure: boolean;
            approval: components["schemas"]["Approval"];
            /** @description Every call must say who calls. */
            closed: boolean;
            /** @description ISO 4217 code. */
            currency: string;
            /** @description What is not as it should be; empty when all is well. */
            degraded: components["schemas"]["Degraded"][];
            /** @description The language of whoever asks for none. */
            language: string;
            /** @description `sandbox`: its own simulated Telegram; `production`: the real one. */
            mode: string;
            /**
             * Format: int32
             * @description Dialogs that an account begins in 24 hours.
             */
            new_dialogs_per_day: number;
            /** @description When no campaign writes, in the recipient's time: `21:00-09:00`; null: no quiet hours. */
            quiet_hours?: string | null;
            /** @description IANA name of the business's time zone. */
            time_zone: string;
            /** @description What is recorded for uploaded contacts when nothing is said. */
            upload_consent: components["schemas"]["ConsentBasis"];
            version: string;
        };
        /** @description One of our Telegram accounts. */
        Account: {
            created_at: components["schemas"]["Time"];
            /** @description A sandbox account is never used with the real Telegram, nor the other way round. */
            environment: components["schemas"]["Environment"];
            /** Format: int64 */
            id: number;
            label: string;
            /** @description Most digits hidden. */
            phone?: string | null;
            state: components["schemas"]["AccountState"];
            /** @description Why it is in this state. */
            state_reason?: string | null;
            /** @description The same in words, in the language of `Accept-Language`: what happened, why, and what to do. */
            state_text?: string | null;
            state_until?: components["schemas"]["Time"] | null;
            /** Format: int64 */
            telegram_user_id?: number | null;
            updated_at: components["schemas"]["Time"];
            username?: string | null;
        };
        /** @description An account to add. */
        AccountInput: {
            /** @description What we call it. */
            label: string;
            phone: string;
        };
        /** @enum {string} */
        AccountState: "logged_out" | "code_needed" | "password_needed" | "connecting" | "ready" | "flood_wait" | "restricted";
        /** @description One request to one provider. No prompt and no answer are kept. */
        AiAttempt: {
            /** Format: int64 */
            completion_tokens?: number | null;
            /**
             * Format: int64
             * @description Millionths of the vendor's currency.
             */
            cost_micros?: number | null;
            created_at: components["schemas"]["Time"];
            detail?: string | null;
            /** Format: int64 */
            first_token_ms?: number | null;
            /** Format: int32 */
            http_status?: number | null;
            /** Format: int64 */
            id: number;
            model: string;
            /** @description `ok`, or why there was no answer. */
            outcome: string;
            /** Format: int64 */
            prompt_tokens?: number | null;
            provider: string;
            purpose: string;
            /** Format: int64 */
            total_ms: number;
        };
        /** @description What a provider was used for. */
        AiFigures: {
            /** Format: int64 */
            attempts: number;
            /** Format: int64 */
            average_ms: number;
            /** Format: int64 */
            completion_tokens: number;
            /**
             * Format: int64
             * @description Millionths of the currency in which the prices are configured.
             */
            cost_micros: number;
            /**
             * Format: int64
             * @description Attempts that brought no answer.
             */
            failures: number;
            /** Format: int64 */
            prompt_tokens: number;
            provider: string;
            purpose: string;
        };
        /** @description Something that a provider wrote and that did not leave. */
        AiViolation: {
            /** Format: int64 */
            contact_id?: number | null;
            created_at: components["schemas"]["Time"];
            /** @description The part of the text. */
            found: string;
            /** Format: int64 */
            id: number;
            /** @description What is wrong, as the grounding check names it. */
            kind: string;
            provider: string;
            purpose: string;
        };
        /** @description The approved answers to a class of reply. */
        AnswersInput: {
            answers: components["schemas"]["KnowledgeBlock"][];
            class?: components["schemas"]["ReplyClass"] | null;
        };
        /** @enum {string} */
        Approval: "auto" | "manual";
        /** @description Which drafts. */
        ApproveInput: {
            /** @description All of them when it is left out. */
            outbox_ids?: components["schemas"]["RowId"][] | null;
        };
        /** @description How many drafts were let out. */
        Approved: {
            /** Format: int64 */
            approved: number;
            /** Format: int64 */
            campaign_id: number;
        };
        /** @description Whom a campaign would reach if it began now. */
        AudienceAnswer: {
            /** @description All, by the basis of their consent. */
            by_consent: {
                [key: string]: number;
            };
            /** @description Who would be skipped, by reason: `no_consent`, `opted_out`, `recently_contacted` and the like. */
            by_reason: {
                [key: string]: number;
            };
            /** @description False: so many people that the figures are reckoned from a part of them. */
            exact: boolean;
            /** @description The same with the reasons in words, the most frequent first. */
            reasons: components["schemas"]["ReasonCount"][];
            /**
             * Format: int64
             * @description Who may be written to.
             */
            sendable: number;
            /**
             * Format: int64
             * @description People who exist.
             */
            total: number;
        };
        /** @description Whom a campaign would be for: `contact_ids`, a `segment`, or both. */
        AudienceInput: {
            contact_ids?: components["schemas"]["RowId"][] | null;
            segment?: components["schemas"]["Segment"] | null;
        };
        /** @description An entry. */
        AuditEntry: {
            action: string;
            actor: string;
            created_at: components["schemas"]["Time"];
            detail?: string | null;
            /** Format: int64 */
            id: number;
            subject: string;
        };
        /**
         * @description What a block is for.
         * @enum {string}
         */
        BlockKind: "greetings" | "introductions" | "bridges" | "offers" | "questions" | "closings" | "ai_disclosure" | "stop_sentence";
        /** @description The blocks of one kind. */
        BlocksInput: {
            blocks: components["schemas"]["KnowledgeBlock"][];
            kind?: components["schemas"]["BlockKind"] | null;
        };
        /** @description A booking. */
        Booking: {
            cancel_reason?: string | null;
            cancelled_at?: components["schemas"]["Time"] | null;
            client?: components["schemas"]["NamedClient"] | null;
            created_at: components["schemas"]["Time"];
            /** @description Business day of the beginning. */
            day: components["schemas"]["Date"];
            ends_at: components["schemas"]["Time"];
            /** Format: int64 */
            id: number;
            notes?: string | null;
            /** @description What is not paid yet; 0 when it is cancelled. */
            owed: components["schemas"]["Money"];
            /** @description Completed payments less refunds. */
            paid: components["schemas"]["Money"];
            place?: components["schemas"]["Named"] | null;
            price: components["schemas"]["Money"];
            remind_at?: components["schemas"]["Time"] | null;
            service?: components["schemas"]["Named"] | null;
            /**
             * Format: int64
             * @description Null: a place is booked.
             */
            session_id?: number | null;
            staff?: components["schemas"]["Named"] | null;
            starts_at: components["schemas"]["Time"];
            status: components["schemas"]["BookingStatus"];
            /**
             * Format: int64
             * @description Whose visit pays for it.
             */
            subscription_id?: number | null;
            updated_at: components["schemas"]["Time"];
        };
        /** @description A change of a booking: what is left out stays, `null` empties. */
        BookingChange: {
            /** @default null */
            ends_at?: components["schemas"]["Time"] | null;
            /** @default null */
            notes?: string | null;
            /**
             * @description Tell the client when time or place change.
             * @default false
             */
            notify?: boolean;
            /**
             * Format: int64
             * @description To another place.
             * @default null
             */
            place_id?: number | null;
            /**
             * Format: int64
             * @default null
             */
            price_minor?: number | null;
            /**
             * Format: int32
             * @default null
             */
            remind_minutes_before?: number | null;
            /**
             * Format: int64
             * @description Into another session.
             * @default null
             */
            session_id?: number | null;
            /** @default null */
            starts_at?: components["schemas"]["Time"] | null;
        };
        /** @description A booking to be made: `session_id` for a seat, or `place_id` with `starts_at` and `ends_at`. */
        BookingInput: {
            /** Format: int64 */
            client_id: number;
            ends_at?: components["schemas"]["Time"] | null;
            notes?: string | null;
            /** @description Tell the client now that it is booked. */
            notify?: boolean | null;
            /** Format: int64 */
            place_id?: number | null;
            /**
             * Format: int64
             * @description In minor units; the session's, or what the place costs for the time, when it is left out.
             */
            price_minor?: number | null;
            /**
             * Format: int32
             * @description Remind the client so long before the beginning; 180 when it is left out, 0: not at all.
             */
            remind_minutes_before?: number | null;
            /**
             * Format: int64
             * @description What the place is booked for.
             */
            service_id?: number | null;
            /** Format: int64 */
            session_id?: number | null;
            starts_at?: components["schemas"]["Time"] | null;
            /**
             * Format: int64
             * @description Whose visit pays for it.
             */
            subscription_id?: number | null;
            /** @description Take a visit of whichever of the client's subscriptions fits. */
            use_subscription?: boolean | null;
            /** @description Wait for a seat when there is none. */
            wait?: boolean | null;
        };
        /** @enum {string} */
        BookingStatus: "booked" | "paid" | "attended" | "no_show" | "cancelled";
        /**
         * @description How a value binds.
         * @enum {string}
         */
        BoundWord: "up_to" | "from" | "exact";
        /**
         * @description What is done to each contact.
         * @enum {string}
         */
        BulkAction: "add_tags" | "remove_tags" | "set_stage" | "grant_consent" | "opt_out" | "delete";
        /** @description Who (`contact_ids` or a `filter`; an empty filter is everybody), and what is done to each. */
        BulkInput: {
            action: components["schemas"]["BulkAction"];
            basis?: components["schemas"]["ConsentBasis"] | null;
            contact_ids?: components["schemas"]["RowId"][] | null;
            /** @description What proves the consent; needed for `grant_consent`. */
            evidence?: string | null;
            filter?: components["schemas"]["Segment"] | null;
            reason?: components["schemas"]["LostWord"] | null;
            stage?: components["schemas"]["FunnelStage"] | null;
            /** @description For `add_tags` and `remove_tags`. */
            tags?: string[] | null;
        };
        /** @description A campaign. */
        Campaign: {
            approval: components["schemas"]["Approval"];
            /** Format: int32 */
            batch_size: number;
            completed_at?: components["schemas"]["Time"] | null;
            created_at: components["schemas"]["Time"];
            /**
             * Format: double
             * @description Seconds; none: 2 to 5 by chance.
             */
            delay_between_messages?: number | null;
            description?: string | null;
            expected_finish_at?: components["schemas"]["Time"] | null;
            /** @description What is written to whoever is silent; an answer, a stop or a takeover ends it. */
            follow_ups: components["schemas"]["FollowUp"][];
            /** Format: int64 */
            id: number;
            /** @description Several make an A/B test; none: each message is composed for its person. */
            message_templates: string[];
            name: string;
            /** Format: int64 */
            product_id?: number | null;
            /** @description The product's name; none when the knowledge base does not have it any more. */
            product_name?: string | null;
            progress: components["schemas"]["Progress"];
            scheduled_at?: components["schemas"]["Time"] | null;
            started_at?: components["schemas"]["Time"] | null;
            status: components["schemas"]["CampaignState"];
            /** @description Why it is in this state. */
            status_reason?: string | null;
            /** @description The same in words. */
            status_reason_text?: string | null;
            updated_at: components["schemas"]["Time"];
        };
        /** @description A change of what people read of a campaign; what is left out stays. */
        CampaignChange: {
            /** @description An empty text removes it. */
            description?: string | null;
            /** @description Other follow-ups on silence, before the campaign has begun; an empty list removes them. */
            follow_ups?: components["schemas"]["FollowUp"][] | null;
            name?: string | null;
        };
        /** @description A person of a campaign. */
        CampaignContact: {
            /** Format: int64 */
            account_id?: number | null;
            /** Format: int64 */
            contact_id: number;
            contact_name?: string | null;
            delivered_at?: components["schemas"]["Time"] | null;
            /** @description The last error that Telegram gave for this person. */
            error?: string | null;
            follow_up?: components["schemas"]["FollowUpWait"] | null;
            opted_out: boolean;
            /**
             * Format: int64
             * @description The newest message of the campaign to the person: GET /api/outbox/{id}.
             */
            outbox_id?: number | null;
            read_at?: components["schemas"]["Time"] | null;
            /** @description Why the person was skipped, failed or cancelled: `no_consent`, `opted_out`, `privacy_restricted` and the like. */
            reason?: string | null;
            /** @description The reason in words. */
            reason_text?: string | null;
            replied_at?: components["schemas"]["Time"] | null;
            sent_at?: components["schemas"]["Time"] | null;
            stage: components["schemas"]["FunnelStage"];
            state: components["schemas"]["CampaignContactState"];
            /**
             * Format: int32
             * @description Which template of an A/B test, from 0.
             */
            variant: number;
            waiting_for?: components["schemas"]["PersonWaits"] | null;
        };
        /** @enum {string} */
        CampaignContactState: "pending" | "queued" | "sent" | "failed" | "skipped" | "cancelled";
        /** @description A campaign to make. It needs `contact_ids`, a `segment`, or both. */
        CampaignInput: {
            approval?: components["schemas"]["Approval"] | null;
            /**
             * Format: int64
             * @description New dialogs between two long rests once it begins; 10 when it is left out.
             */
            batch_size?: number | null;
            contact_ids?: components["schemas"]["RowId"][] | null;
            /**
             * Format: double
             * @description Seconds between two messages once it begins; 2 to 5 by chance when it is left out.
             */
            delay_between_messages?: number | null;
            description?: string | null;
            /** @description What is written to whoever is silent: each after so many hours, with a text or a composed one. */
            follow_ups?: components["schemas"]["FollowUp"][] | null;
            message_template?: components["schemas"]["Templates"] | null;
            name: string;
            /**
             * Format: int64
             * @description A product of the knowledge base.
             */
            product_id?: number | null;
            /**
             * Format: date-time
             * @description When it begins by itself.
             */
            scheduled_at?: string | null;
            segment?: components["schemas"]["Segment"] | null;
        };
        /** @enum {string} */
        CampaignState: "draft" | "scheduled" | "running" | "paused" | "completed" | "cancelled" | "failed";
        /**
         * @description A campaign's figures. Telegram tells a sender two things of a private message: the server took it (`delivered`, one
         *     tick) and it was read (`read`, two ticks).
         */
        CampaignStats: {
            /**
             * Format: double
             * @description Mean time to the first answer.
             */
            avg_response_seconds?: number | null;
            by_day: {
                [key: string]: number;
            };
            by_reason: {
                [key: string]: number;
            };
            by_stage: {
                [key: string]: number;
            };
            /** @description What each text of an A/B test brought; empty without one. */
            by_variant: components["schemas"]["VariantFigures"][];
            /** Format: int64 */
            campaign_id: number;
            /** Format: int64 */
            cancelled: number;
            completed_at?: components["schemas"]["Time"] | null;
            /**
             * Format: int64
             * @description One tick: Telegram's server took the message.
             */
            delivered: number;
            expected_finish_at?: components["schemas"]["Time"] | null;
            /** Format: int64 */
            failed: number;
            /** Format: int64 */
            opted_out: number;
            /** Format: int64 */
            pending: number;
            /** Format: int64 */
            queued: number;
            /**
             * Format: int64
             * @description Two ticks: the person saw it.
             */
            read: number;
            /**
             * Format: double
             * @description Read of the delivered.
             */
            read_rate: number;
            /** @description The same with the reasons in words, the most frequent first. */
            reasons: components["schemas"]["ReasonCount"][];
            /** Format: int64 */
            replied: number;
            /**
             * Format: double
             * @description Answered of the delivered.
             */
            reply_rate: number;
            /** Format: int64 */
            sent: number;
            /** Format: int64 */
            skipped: number;
            started_at?: components["schemas"]["Time"] | null;
            status: components["schemas"]["CampaignState"];
            /** @description Why it is in this state, in words. */
            status_reason_text?: string | null;
            /**
             * Format: double
             * @description Delivered of those that were tried, 0 to 1.
             */
            success_rate: number;
            /** Format: int64 */
            total: number;
            /** @description What the people who are left wait for, beside the pacing. */
            waiting_for: components["schemas"]["WaitingFor"][];
        };
        /** @description Why something is called off. */
        Cancellation: {
            /**
             * @description Tell those who were booked.
             * @default false
             */
            notify?: boolean;
            /** @default null */
            reason?: string | null;
        };
        /** @description How a chain does its work. */
        ChainAnswer: {
            /** @description Providers are configured, and none may be asked. */
            degraded: boolean;
            /** @description In words, with what to do. */
            message: string;
            /** @description The order in which providers are asked; `offline` is always last. */
            order: string[];
            /** @description `full`, `stand_in`, `degraded`, or `offline` when no provider is configured. */
            service: string;
        };
        /** @description The assistant's answer. */
        ChatAnswer: {
            /** @description The figures that the message speaks of; money in whole minor units, with `currency` and `formatted`. */
            data: Record<string, never>;
            /** @description Providers are configured and none answered well. */
            degraded: boolean;
            message: string;
            /** @description Why providers were passed by, and what to do about it. */
            notices: string[];
            /** @description Who worded it: a provider, or `offline`. */
            provider: string;
            sources: components["schemas"]["SourceView"][];
            tools: components["schemas"]["ToolUse"][];
        };
        /** @description A question. */
        ChatInput: {
            /** @description What was said before, oldest first. */
            conversation_history?: components["schemas"]["TurnInput"][];
            /** @description The question, in Russian or English. */
            message: string;
        };
        /** @description The verdict on a text. */
        CheckAnswer: {
            /** @description It may leave. */
            ok: boolean;
            violations: components["schemas"]["ViolationAnswer"][];
        };
        /** @description A text to check, and what it may speak of. */
        CheckInput: {
            /** Format: int64 */
            contact_id?: number | null;
            /** Format: int64 */
            product_id?: number | null;
            products?: components["schemas"]["InlineProduct"][] | null;
            profile?: components["schemas"]["ProfileInput"] | null;
            text: string;
        };
        /** @description How often replies were of a class. */
        ClassFigures: {
            class: string;
            /** Format: int64 */
            count: number;
        };
        /** @description A client: a contact with a client card. */
        Client: {
            birth_date?: components["schemas"]["Date"] | null;
            /** @description Why we may write to the person. */
            consent: components["schemas"]["ConsentBasis"];
            /** Format: int64 */
            contact_id: number;
            contract_number?: string | null;
            contraindications?: string | null;
            created_at: components["schemas"]["Time"];
            /** @description Code of a direction. */
            direction?: string | null;
            /** Format: int64 */
            id: number;
            last_visit_on?: components["schemas"]["Date"] | null;
            name: string;
            notes?: string | null;
            opted_out: boolean;
            /** @description E.164. */
            phone?: string | null;
            /** @description Where the client heard of us. */
            source?: string | null;
            status: components["schemas"]["ClientStatus"];
            subscription_number?: string | null;
            tags: string[];
            updated_at: components["schemas"]["Time"];
            username?: string | null;
            /**
             * Format: int64
             * @description Attended bookings.
             */
            visits: number;
        };
        /** @description A client with what one wants to know at once. */
        ClientCard: components["schemas"]["Client"] & {
            /** @description Bookings and subscriptions that have begun and are not paid. */
            debt: components["schemas"]["Money"];
            next_booking_at?: components["schemas"]["Time"] | null;
            /**
             * Format: int64
             * @description The next booking.
             */
            next_booking_id?: number | null;
            /** @description Payments less refunds, ever. */
            paid: components["schemas"]["Money"];
            /** @description Subscriptions that run today. */
            subscriptions: components["schemas"]["Subscription"][];
        };
        /** @description A change of a client's card: what is left out stays, `null` empties. */
        ClientChange: {
            /** @default null */
            birth_date?: components["schemas"]["Date"] | null;
            /** @default null */
            contract_number?: string | null;
            /** @default null */
            contraindications?: string | null;
            /** @default null */
            direction?: string | null;
            /** @default null */
            notes?: string | null;
            /** @default null */
            source?: string | null;
            /** @default null */
            status?: components["schemas"]["ClientStatus"] | null;
            /** @default null */
            subscription_number?: string | null;
        };
        /** @description A client to be made: `contact_id` of a contact that there is, or `contact` to be made with it. */
        ClientInput: {
            birth_date?: components["schemas"]["Date"] | null;
            contact?: components["schemas"]["ContactInput"] | null;
            /** Format: int64 */
            contact_id?: number | null;
            contract_number?: string | null;
            contraindications?: string | null;
            created_at?: components["schemas"]["Time"] | null;
            /** @description Code of a direction. */
            direction?: string | null;
            notes?: string | null;
            /** @description Where the client heard of us. */
            source?: string | null;
            status?: components["schemas"]["ClientStatus"] | null;
            subscription_number?: string | null;
        };
        /** @enum {string} */
        ClientStatus: "new" | "active" | "former";
        /** @description The code that Telegram sent. */
        CodeInput: {
            code: string;
        };
        /** @enum {string} */
        ConsentAction: "granted" | "revoked";
        /** @enum {string} */
        ConsentBasis: "operator_attested" | "wrote_first" | "existing_client" | "opt_in_form" | "none";
        /** @description Consent that a person gave. */
        ConsentInput: {
            basis: components["schemas"]["ConsentBasis"];
            evidence?: string | null;
            /** @description The person had said stop, or consent was revoked, and has agreed anew. Needs `evidence`. */
            reinstate?: boolean | null;
            wording?: string | null;
        };
        /** @description A person. The texts may be borrowed from where they lie: see [`alfa_store::contacts::show`]. */
        Contact: {
            /**
             * Format: int32
             * @description Years.
             */
            age?: number | null;
            /** @description Why we may write to the person; `none`: we may not. */
            consent: components["schemas"]["ConsentBasis"];
            created_at: components["schemas"]["Time"];
            /** @description Columns of an upload that have no field here. */
            extra: Record<string, never>;
            first_name?: string | null;
            goal?: string | null;
            /** Format: int64 */
            id: number;
            /**
             * Format: int64
             * @description The upload that brought the contact.
             */
            import_id?: number | null;
            interests?: string | null;
            /** @description ISO 639 code. */
            language?: string | null;
            last_inbound_at?: components["schemas"]["Time"] | null;
            last_message_at?: components["schemas"]["Time"] | null;
            last_name?: string | null;
            name: string;
            notes?: string | null;
            opted_out_at?: components["schemas"]["Time"] | null;
            /** @description E.164. */
            phone?: string | null;
            profession?: string | null;
            source: components["schemas"]["ContactSource"];
            stage: components["schemas"]["FunnelStage"];
            status: components["schemas"]["ContactStatus"];
            tags: string[];
            /** Format: int64 */
            telegram_user_id?: number | null;
            /** @description IANA name. */
            timezone?: string | null;
            updated_at: components["schemas"]["Time"];
            /** @description Lower case, without `@`. */
            username?: string | null;
        };
        /** @description A campaign that has the contact. */
        ContactCampaign: {
            /** Format: int64 */
            campaign_id: number;
            /**
             * Format: int64
             * @description The campaign's first message to the contact.
             */
            message_id?: number | null;
            name: string;
            /** @description Why the contact was skipped, failed or cancelled. */
            reason?: string | null;
            /** @description The reason in words. */
            reason_text?: string | null;
            replied_at?: components["schemas"]["Time"] | null;
            sent_at?: components["schemas"]["Time"] | null;
            /** @description Where the contact stands in it. */
            state: components["schemas"]["CampaignContactState"];
        };
        /** @description A change of a contact: what is left out stays, `null` empties. */
        ContactChange: {
            /**
             * Format: int32
             * @default null
             */
            age?: number | null;
            /** @default null */
            country?: string | null;
            /** @default null */
            first_name?: string | null;
            /** @default null */
            goal?: string | null;
            /** @default null */
            interests?: string | null;
            /** @default null */
            language?: string | null;
            /** @default null */
            last_name?: string | null;
            /** @default null */
            name?: string | null;
            /** @default null */
            notes?: string | null;
            /** @default null */
            phone?: string | null;
            /** @default null */
            profession?: string | null;
            /** @default null */
            status?: components["schemas"]["ContactStatus"] | null;
            /** @default null */
            tags?: string[] | null;
            /**
             * Format: int64
             * @default null
             */
            telegram_user_id?: number | null;
            /** @default null */
            timezone?: string | null;
            /** @default null */
            username?: string | null;
        };
        /** @description A contact to add. */
        ContactInput: {
            /** Format: int32 */
            age?: number | null;
            consent?: components["schemas"]["ConsentBasis"] | null;
            /** @description What proves the consent. */
            consent_evidence?: string | null;
            /** @description ISO 3166 code of the country that a phone without a country code is of; RU when it is left out. */
            country?: string | null;
            first_name?: string | null;
            goal?: string | null;
            interests?: string | null;
            /** @description ISO 639 code. */
            language?: string | null;
            last_name?: string | null;
            name: string;
            notes?: string | null;
            /**
             * @description In any usual form.
             * @example +79991234567
             */
            phone?: string | null;
            profession?: string | null;
            tags?: string[] | null;
            /** Format: int64 */
            telegram_user_id?: number | null;
            /** @description IANA name. */
            timezone?: string | null;
            /** @description With or without `@`, or a t.me link. */
            username?: string | null;
        };
        /** @enum {string} */
        ContactSource: "upload" | "manual" | "group" | "inbound";
        /** @enum {string} */
        ContactStatus: "active" | "inactive" | "no_telegram";
        /** @description A campaign that was just made. */
        CreatedCampaign: components["schemas"]["Campaign"] & {
            /**
             * Format: int64
             * @description People in it.
             */
            contacts_count: number;
            /** @description Ids that were asked for and do not exist. */
            unknown_contact_ids: number[];
        };
        /** @description The sessions that were made: one, or a weekly series. */
        CreatedSessions: {
            items: components["schemas"]["Session"][];
        };
        /** Format: date */
        Date: string;
        /** @description How many messages would leave on a day. */
        DayForecast: {
            count: number;
            /**
             * Format: date
             * @description The business's day.
             */
            day: string;
        };
        /** @description Money of a day. */
        DayRevenue: {
            day: components["schemas"]["Date"];
            net: components["schemas"]["Money"];
        };
        /** @description Something that is not as it should be. */
        Degraded: {
            /** @description By name: `no_account`, `account_restricted` and the like. */
            code: string;
            /** @description In words. */
            text: string;
        };
        /** @description A dialog with a contact. */
        Dialog: {
            /** Format: int64 */
            account_id: number;
            /** @description The AI is about to answer. */
            answer_due: boolean;
            /** Format: int64 */
            campaign_id?: number | null;
            close_reason?: string | null;
            closed_at?: components["schemas"]["Time"] | null;
            /** Format: int64 */
            contact_id: number;
            /** @description The contact's name. */
            contact_name?: string | null;
            last_message?: components["schemas"]["LastMessage"] | null;
            last_message_at: components["schemas"]["Time"];
            /** @description The person said stop. */
            opted_out: boolean;
            /** @description Who answers. */
            owner: components["schemas"]["DialogOwner"];
            owner_since?: components["schemas"]["Time"] | null;
            /** Format: int64 */
            product_id?: number | null;
            stage?: components["schemas"]["FunnelStage"] | null;
            /**
             * Format: int32
             * @description Messages of the person that nobody has seen.
             */
            unread: number;
        };
        /** @enum {string} */
        DialogOwner: "ai" | "human";
        /** @description A line of the business. */
        Direction: {
            /** @description What other rows name it by. */
            code: string;
            name: string;
            /**
             * Format: int32
             * @description Place in lists.
             */
            position: number;
        };
        /** @description A direction to be written. */
        DirectionInput: {
            /** @description Null: the product's own name, for the directions that it brings. */
            name?: string | null;
            /**
             * Format: int32
             * @description Place in lists; 0 when it is left out.
             */
            position?: number | null;
        };
        /** @description Another text for a draft that waits for approval. */
        DraftChange: {
            /** Format: int64 */
            outbox_id: number;
            text: string;
        };
        /** @description What a campaign would say, and to whom. */
        DraftPreviewInput: {
            contact_ids?: components["schemas"]["RowId"][] | null;
            /**
             * Format: int32
             * @description People to write to; five when it is left out.
             */
            limit?: number | null;
            message_template?: components["schemas"]["Templates"] | null;
            /**
             * Format: int64
             * @description A product of the knowledge base; without it each person is told of what fits them best.
             */
            product_id?: number | null;
            segment?: components["schemas"]["Segment"] | null;
        };
        /** @description What a message shall say. */
        EditInput: {
            text: string;
        };
        /** @enum {string} */
        Environment: "sandbox" | "production" | "demo";
        /** @description A list of figures. */
        Figures_AiFigures: {
            items: {
                /** Format: int64 */
                attempts: number;
                /** Format: int64 */
                average_ms: number;
                /** Format: int64 */
                completion_tokens: number;
                /**
                 * Format: int64
                 * @description Millionths of the currency in which the prices are configured.
                 */
                cost_micros: number;
                /**
                 * Format: int64
                 * @description Attempts that brought no answer.
                 */
                failures: number;
                /** Format: int64 */
                prompt_tokens: number;
                provider: string;
                purpose: string;
            }[];
        };
        /** @description A list of figures. */
        Figures_ClassFigures: {
            items: {
                class: string;
                /** Format: int64 */
                count: number;
            }[];
        };
        /** @description A list of figures. */
        Figures_PartFigures: {
            items: {
                /**
                 * Format: int64
                 * @description People who applied, the won among them.
                 */
                applied: number;
                /**
                 * Format: int64
                 * @description Of a variant: its campaign.
                 */
                campaign_id?: number | null;
                /** Format: int64 */
                delivered: number;
                /**
                 * Format: int64
                 * @description Of the campaign or the product; of a variant the number of its template, from 0. Null: campaigns without a product.
                 */
                id?: number | null;
                name?: string | null;
                /** Format: int64 */
                opted_out: number;
                /** Format: int64 */
                read: number;
                /**
                 * Format: double
                 * @description Read of the sent, 0 to 1.
                 */
                read_rate: number;
                /** Format: int64 */
                replied: number;
                /**
                 * Format: double
                 * @description Answered of the sent, 0 to 1.
                 */
                reply_rate: number;
                /** Format: int64 */
                sent: number;
                /** Format: int64 */
                won: number;
            }[];
        };
        /** @description A list of figures. */
        Figures_TimeFigures: {
            items: {
                /** @description The day (`2026-11-01`), or the hour of the day (`0` to `23`), of the business. */
                at: string;
                /**
                 * Format: int64
                 * @description One tick: Telegram's server took the message. It tells that when the message leaves.
                 */
                delivered: number;
                /**
                 * Format: int64
                 * @description People who said stop.
                 */
                opted_out: number;
                /**
                 * Format: int64
                 * @description Two ticks.
                 */
                read: number;
                /**
                 * Format: int64
                 * @description First answers.
                 */
                replied: number;
                /**
                 * Format: int64
                 * @description First messages that left.
                 */
                sent: number;
            }[];
        };
        /** @description What is written to whoever is silent. */
        FollowUp: {
            /**
             * Format: int64
             * @description Silence after the message before it, in hours.
             */
            after_hours: number;
            /** @description A text with placeholders; null: it is composed of what was not said yet. */
            text_template?: string | null;
        };
        /** @description Where a sequence of follow-ups stands. */
        FollowUpWait: {
            due_at?: components["schemas"]["Time"] | null;
            /** @description Why it ended: `done`, `replied`, `opted_out`, `taken_over` and the like. */
            ended?: string | null;
            /** @description The same in words. */
            ended_text?: string | null;
            /**
             * Format: int32
             * @description The next step, or the one at which it ended; 1 is the first.
             */
            step: number;
        };
        /** @description When a campaign would end under the present pacing, beside the campaigns that send already. */
        ForecastAnswer: {
            expected_finish_at?: components["schemas"]["Time"] | null;
            /** @description What makes it slow: `no_account`, `daily_budget`, `quiet_hours`, `other_campaigns`; `pacing` alone when nothing does. */
            limited_by: string[];
            /** @description The first sixty days. */
            per_day: components["schemas"]["DayForecast"][];
            /**
             * Format: int64
             * @description People who would be written to.
             */
            sendable: number;
            starts_at: components["schemas"]["Time"];
        };
        /** @description How many people would be written to, and how fast. */
        ForecastInput: {
            /**
             * Format: int64
             * @description As for `initiate-dialogs`.
             */
            batch_size?: number | null;
            contact_ids?: components["schemas"]["RowId"][] | null;
            /**
             * Format: int64
             * @description So many people, when nobody is named.
             */
            count?: number | null;
            /**
             * Format: double
             * @description Seconds, as for `initiate-dialogs`.
             */
            delay_between_messages?: number | null;
            /**
             * Format: date-time
             * @description When it would begin; now, when it is left out.
             */
            scheduled_at?: string | null;
            segment?: components["schemas"]["Segment"] | null;
        };
        /** @description What is free. */
        Free: {
            from: components["schemas"]["Time"];
            /** @description Places that are free for long enough. */
            places: components["schemas"]["FreeResource"][];
            /**
             * Format: int64
             * @description Free seats in all sessions of the list.
             */
            seats: number;
            /** @description Sessions that have not begun and have a free seat; at most 500. */
            sessions: components["schemas"]["Session"][];
            /** @description Trainers who work and are free for long enough. */
            staff: components["schemas"]["FreeResource"][];
            to: components["schemas"]["Time"];
        };
        /** @description When a place or a trainer is free. */
        FreeResource: components["schemas"]["Named"] & {
            free: components["schemas"]["FreeSpan"][];
        };
        /** @description A free stretch. */
        FreeSpan: {
            from: components["schemas"]["Time"];
            to: components["schemas"]["Time"];
        };
        /** @description Days in which a subscription does not run. */
        Freeze: {
            from: components["schemas"]["Date"];
            reason?: string | null;
            /** @description The last frozen day. */
            to: components["schemas"]["Date"];
        };
        /** @description Days to be frozen; the end of the subscription moves by as many. */
        FreezeInput: {
            from: components["schemas"]["Date"];
            reason?: string | null;
            /** @description The last frozen day. */
            to: components["schemas"]["Date"];
        };
        /** @description The funnel. */
        Funnel: {
            stages: components["schemas"]["FunnelFigures"][];
        };
        /** @description A step of the funnel. */
        FunnelFigures: {
            /**
             * Format: int64
             * @description People who stand there now.
             */
            count: number;
            /**
             * Format: int64
             * @description People who came at least so far; for `lost` and `opted_out`, those who left that way.
             */
            reached: number;
            stage: components["schemas"]["FunnelStage"];
        };
        /** @enum {string} */
        FunnelStage: "new" | "contacted" | "replied" | "interested" | "offered" | "applied" | "won" | "lost" | "opted_out";
        /** @description A group or a channel. */
        Group: {
            /**
             * Format: int64
             * @description The account that is in it.
             */
            account_id: number;
            /** Format: int64 */
            id: number;
            kind: components["schemas"]["GroupKind"];
            /**
             * Format: int64
             * @description As Telegram says.
             */
            members_count: number;
            parsed_at?: components["schemas"]["Time"] | null;
            refreshed_at: components["schemas"]["Time"];
            title: string;
            username?: string | null;
        };
        /** @enum {string} */
        GroupKind: "group" | "supergroup" | "channel";
        /** @description A member of a group. */
        GroupMember: {
            /**
             * Format: int64
             * @description The contact of this person.
             */
            contact_id?: number | null;
            /** Format: int64 */
            id: number;
            name: string;
            seen_at: components["schemas"]["Time"];
            /** Format: int64 */
            telegram_user_id: number;
            username?: string | null;
        };
        /** @description The process lives. */
        Health: {
            /** @description `ok`. */
            status: string;
            version: string;
        };
        /** @description An upload. */
        Import: {
            consent: components["schemas"]["ConsentBasis"];
            country: string;
            /** Format: int64 */
            created: number;
            created_at: components["schemas"]["Time"];
            dry_run: boolean;
            /** @description Why it failed. */
            error?: string | null;
            /** Format: int64 */
            errors: number;
            file_name: string;
            finished_at?: components["schemas"]["Time"] | null;
            format: string;
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            skipped: number;
            state: components["schemas"]["ImportState"];
            /** Format: int64 */
            total: number;
            /** Format: int64 */
            unchanged: number;
            /** Format: int64 */
            updated: number;
        };
        /** @description A column of a file. */
        ImportColumn: {
            /** @description The field that Alfa takes it for; none: it is kept under its header, or left out. */
            field?: string | null;
            /** @description Its name in the file; empty when the file has no header. */
            header: string;
            /** @description Its number from 0, for `columns` of an upload. */
            index: number;
            /** @description It is one of our own, of a corrected file of problem rows: nothing is kept of it. */
            left_out: boolean;
            /** @description Its first values that differ, shortened. */
            samples: string[];
        };
        /** @description A field of a contact. */
        ImportField: {
            name: string;
            /** @description In the caller's language. */
            title: string;
        };
        /** @description The form of an import. */
        ImportForm: {
            /** @description Look at every row without writing. */
            dry_run?: boolean | null;
            /**
             * Format: binary
             * @description CSV or XLSX with a header.
             */
            file: string;
            /** @description Sheet of a workbook, by name or number from 1. */
            sheet?: string | null;
        };
        /** @description What a file of contacts is. */
        ImportPreview: {
            columns: components["schemas"]["ImportColumn"][];
            /** @description What stands between the cells of a CSV: `,` `;` or a tab. */
            delimiter?: string | null;
            /** @description `utf-8`, `utf-16le`, `utf-16be` or `windows-1251`; a workbook has none. */
            encoding?: string | null;
            /** @description Every field that a column may be. */
            fields: components["schemas"]["ImportField"][];
            file_name: string;
            /** @description `csv`, `xlsx`, `txt` or `vcard`. */
            format: string;
            /** @description Whether the first row names the columns. */
            has_header: boolean;
            /** @description Rows that were looked at, without the header: at most a hundred. */
            rows_looked_at: number;
            /** @description The sheet that was looked at. */
            sheet?: string | null;
            /** @description The sheets of a workbook. */
            sheets: string[];
        };
        /** @description What an upload did. Every row is counted once: `total = created + updated + unchanged + skipped`. */
        ImportReport: {
            /** Format: int64 */
            created: number;
            /** @description The first thousand problems; all of them are at `/api/imports/{id}/problems.csv`. */
            errors: components["schemas"]["RowProblem"][];
            /** Format: int64 */
            errors_total: number;
            /** Format: int64 */
            import_id: number;
            /**
             * Format: int64
             * @description Bad rows, and people of an earlier row.
             */
            skipped: number;
            /** Format: int64 */
            total: number;
            /** Format: int64 */
            unchanged: number;
            /** Format: int64 */
            updated: number;
        };
        /** @enum {string} */
        ImportState: "running" | "done" | "failed" | "undone";
        /** @description What is in the way of a session or a booking. */
        InTheWay: {
            /** Format: int64 */
            booking_id?: number | null;
            ends_at: components["schemas"]["Time"];
            /**
             * Format: int64
             * @description Of the place, the trainer, the client or the session.
             */
            id: number;
            /** @description `place` or `staff` (taken), `client` (has a seat already), `session` (is full). */
            kind: string;
            name: string;
            /** Format: int64 */
            session_id?: number | null;
            starts_at: components["schemas"]["Time"];
            /** @description The service of the session that takes it, or the client who booked the place. */
            taken_by?: string | null;
        };
        /** @description The pace of new dialogs. */
        InitiateInput: {
            /**
             * Format: int64
             * @description New dialogs between two long rests; 10 for a campaign that has never been told. As it was when it is left out.
             */
            batch_size?: number | null;
            /**
             * Format: double
             * @description Seconds; as it was when it is left out, and 2 to 5 by chance when it has never been told.
             */
            delay_between_messages?: number | null;
        };
        /** @description A campaign that has begun. */
        Initiated: {
            /** Format: int64 */
            campaign_id: number;
            expected_finish_at?: components["schemas"]["Time"] | null;
            /**
             * Format: int64
             * @description Messages that wait to be sent.
             */
            queued: number;
            /** @description Who is not written to, and why; the first thousand. */
            skipped: components["schemas"]["Skipped"][];
            skipped_total: number;
            status: components["schemas"]["CampaignState"];
        };
        /** @description A fact of such a product. */
        InlineFact: {
            attribute: string;
            bound?: components["schemas"]["BoundWord"] | null;
            unit: components["schemas"]["UnitWord"];
            value: components["schemas"]["NumberOrText"];
        };
        /** @description A product that the knowledge base does not have. */
        InlineProduct: {
            facts?: components["schemas"]["InlineFact"][] | null;
            link?: string | null;
            name: string;
        };
        /** @description A background job. */
        Job: {
            /** Format: int32 */
            attempts: number;
            created_at: components["schemas"]["Time"];
            error?: string | null;
            finished_at?: components["schemas"]["Time"] | null;
            /** Format: int64 */
            id: number;
            /** @description What kind of work. */
            kind: string;
            /**
             * Format: int64
             * @description Steps done.
             */
            progress: number;
            /**
             * Format: int64
             * @description Steps in all, when that is known.
             */
            progress_total?: number | null;
            /** @description What came of it. */
            result?: Record<string, never> | null;
            state: components["schemas"]["JobState"];
        };
        /** @enum {string} */
        JobState: "queued" | "running" | "done" | "failed" | "cancelled";
        /** @description Ages in years, both ends included. */
        KnowledgeAges: {
            /** Format: int32 */
            from: number;
            /** Format: int32 */
            to: number;
            /** Format: int32 */
            weight: number;
        };
        /**
         * @description The word `all`.
         * @enum {string}
         */
        KnowledgeAll: "all";
        /** @description The approved answers to a class of reply. */
        KnowledgeAnswers: {
            answers: components["schemas"]["KnowledgeBlock"][];
            class: components["schemas"]["ReplyClass"];
        };
        /** @description Whom the product fits, with weights. */
        KnowledgeAudience: {
            ages?: components["schemas"]["KnowledgeAges"][];
            goals?: components["schemas"]["KnowledgeWords"][];
            interests?: components["schemas"]["KnowledgeWords"][];
            professions?: components["schemas"]["KnowledgeWords"][];
        };
        /** @description A benefit of the programme. */
        KnowledgeBenefit: {
            id: string;
            text: components["schemas"]["Localized_String"];
        };
        /** @description An approved text with its conditions. */
        KnowledgeBlock: {
            by?: components["schemas"]["KnowledgeBridgeBy"] | null;
            closes_dialog?: boolean;
            en?: components["schemas"]["KnowledgeForms"] | null;
            id: string;
            kk?: components["schemas"]["KnowledgeForms"] | null;
            products?: components["schemas"]["KnowledgeProductScope"];
            /** @description Attributes that the product must have. */
            requires?: string[];
            requires_name?: boolean;
            ru?: components["schemas"]["KnowledgeForms"] | null;
            time?: components["schemas"]["KnowledgeDayPart"] | null;
            uk?: components["schemas"]["KnowledgeForms"] | null;
            uz?: components["schemas"]["KnowledgeForms"] | null;
            words?: string[];
        };
        /** @description The blocks of one kind. */
        KnowledgeBlocks: {
            blocks: components["schemas"]["KnowledgeBlock"][];
            kind: components["schemas"]["BlockKind"];
        };
        /**
         * @description How the value binds.
         * @enum {string}
         */
        KnowledgeBound: "up_to" | "from" | "exact";
        /**
         * @description What a bridge leans on.
         * @enum {string}
         */
        KnowledgeBridgeBy: "profession" | "interest" | "any";
        /** @description One thing that a version changed. */
        KnowledgeChange: {
            /** @description What is there; null when nothing is. */
            after: unknown;
            /** @description What was there; null when nothing was. */
            before: unknown;
            /** @description Where: `products[id=3].facts[attribute=rate].value`. */
            path: string;
        };
        /** @description What a version changed against the one before it. */
        KnowledgeChanges: {
            /** @description The first 500. */
            changes: components["schemas"]["KnowledgeChange"][];
            /** @description How many there are in all. */
            changes_total: number;
        };
        /**
         * @description The part of the recipient's day.
         * @enum {string}
         */
        KnowledgeDayPart: "morning" | "day" | "evening" | "neutral";
        /** @description One fact of a product. */
        KnowledgeFact: {
            /** @description Small Latin letters, digits and underscores. */
            attribute?: string;
            bound: components["schemas"]["KnowledgeBound"];
            /** @description Bound, value and unit together, as they are shown ("до 7 %"). */
            display: components["schemas"]["Localized_String"];
            label: components["schemas"]["Localized_String"];
            /** @description The fact may open a first message. */
            lead?: boolean;
            /** @description Approved sentences with the slot `{{fact.<attribute>}}`. */
            sentences: components["schemas"]["Localized_Vec_String"];
            source: string;
            unit: components["schemas"]["KnowledgeUnit"];
            /** Format: date */
            valid_from?: string | null;
            /**
             * Format: date
             * @description The last day on which the fact holds.
             */
            valid_to?: string | null;
            value: components["schemas"]["KnowledgeFactValue"];
        };
        /** @description A fact with all its languages. */
        KnowledgeFactAnswer: {
            attribute: string;
            bound: components["schemas"]["KnowledgeBound"];
            display: components["schemas"]["Localized_String"];
            label: components["schemas"]["Localized_String"];
            lead: boolean;
            /** @description Holds today, in the business's time zone. A fact that does not is told to nobody. */
            live: boolean;
            sentences: components["schemas"]["Localized_Vec_String"];
            source: string;
            unit: components["schemas"]["KnowledgeUnit"];
            /** Format: date */
            valid_from?: string | null;
            /**
             * Format: date
             * @description The last day on which the fact holds.
             */
            valid_to?: string | null;
            value: components["schemas"]["KnowledgeFactValue"];
        };
        /** @description A number in the fact's unit, or words. */
        KnowledgeFactValue: number | string;
        /** @description The form. */
        KnowledgeForm: {
            /**
             * Format: binary
             * @description YAML in UTF-8.
             */
            file: string;
        };
        /** @description A text in both forms of address. */
        KnowledgeForms: {
            formal: string;
            informal: string;
        };
        /** @description What an import did. */
        KnowledgeImported: components["schemas"]["KnowledgeChanges"] & {
            /** @description Whether the file differs from the base that was in force. */
            changed: boolean;
            dry_run: boolean;
            /** @description Products of the file. */
            products: number;
            /** @description The file says that its facts are made up. */
            sample: boolean;
            /**
             * Format: int64
             * @description The version in force now.
             */
            version_id: number;
        };
        /** @description A level of the programme: from `min_points` to `max_points`, both included. */
        KnowledgeLevel: {
            /**
             * Format: int64
             * @description Whole units of the knowledge base's currency.
             */
            bonus: number;
            id: string;
            /**
             * Format: int64
             * @description `None`: no upper end.
             */
            max_points?: number | null;
            /** Format: int64 */
            min_points: number;
        };
        /** @description A product that the programme recommends. */
        KnowledgeProduct: {
            aliases?: components["schemas"]["Localized_Vec_String"];
            audience?: components["schemas"]["KnowledgeAudience"];
            description: components["schemas"]["Localized_String"];
            facts: components["schemas"]["KnowledgeFact"][];
            /**
             * Format: int64
             * @description 0, which is refused, when it is left out.
             */
            id?: number;
            kind: components["schemas"]["KnowledgeProductKind"];
            link: string;
            name: components["schemas"]["Localized_String"];
            /** Format: int64 */
            points: number;
            /** Format: int32 */
            priority?: number;
        };
        /** @description A product with all its languages and facts. */
        KnowledgeProductAnswer: {
            aliases: components["schemas"]["Localized_Vec_String"];
            audience: components["schemas"]["KnowledgeAudience"];
            description: components["schemas"]["Localized_String"];
            facts: components["schemas"]["KnowledgeFactAnswer"][];
            /** Format: int64 */
            id: number;
            kind: components["schemas"]["KnowledgeProductKind"];
            link: string;
            name: components["schemas"]["Localized_String"];
            /** Format: int64 */
            points: number;
            /** Format: int32 */
            priority: number;
            /** @description The facts are made up. */
            sample: boolean;
        };
        /**
         * @description What the product does with money: people in debt are not offered more of it.
         * @enum {string}
         */
        KnowledgeProductKind: "credit" | "savings" | "investment" | "service";
        /** @description The products for which a text may be used. */
        KnowledgeProductScope: components["schemas"]["KnowledgeAll"] | number[];
        /** @description The programme with all its languages. */
        KnowledgeProgramAnswer: {
            bank: components["schemas"]["Localized_String"];
            benefits: components["schemas"]["KnowledgeBenefit"][];
            description: components["schemas"]["Localized_String"];
            levels: components["schemas"]["KnowledgeLevel"][];
            name: components["schemas"]["Localized_String"];
            persona: components["schemas"]["Localized_String"];
            /** @description The facts are made up. */
            sample: boolean;
        };
        /** @enum {string} */
        KnowledgeSource: "sample" | "file" | "sync" | "edit";
        /** @description What the cabinet brought. */
        KnowledgeSynced: {
            /** @description Ids of products that are new. */
            added: number[];
            changed: boolean;
            /** @description Products that were the same. */
            unchanged: number;
            /** @description Ids of products that were changed. */
            updated: number[];
            /**
             * Format: int64
             * @description The version in force now.
             */
            version_id: number;
        };
        /**
         * @description The unit of a fact's value.
         * @enum {string}
         */
        KnowledgeUnit: "percent" | "percent_per_year" | "RUB" | "RUB_per_month" | "RUB_per_year" | "day" | "month" | "minute" | "piece" | "text";
        /** @description A version of the knowledge base. */
        KnowledgeVersion: {
            /** @description What was done: `product_changed`, say; null for the first version. */
            action?: string | null;
            author: string;
            created_at: components["schemas"]["Time"];
            /** Format: int64 */
            id: number;
            /** @description It is in force now. */
            in_force: boolean;
            /**
             * Format: int64
             * @description The version that was changed.
             */
            parent_id?: number | null;
            source: components["schemas"]["KnowledgeSource"];
            /** @description What it was done to: a product's id, a fact, a class. */
            subject?: string | null;
            /** @description The same in words. */
            text: string;
        };
        /** @description A version and what it changed. */
        KnowledgeVersionDetail: components["schemas"]["KnowledgeVersion"] & components["schemas"]["KnowledgeChanges"];
        /** @description Words that mean the same for the score. */
        KnowledgeWords: {
            /** Format: int32 */
            weight: number;
            words: string[];
        };
        /** @description A message in short. */
        LastMessage: {
            author: components["schemas"]["MessageAuthor"];
            /** @description It was deleted in Telegram. */
            deleted: boolean;
            direction: components["schemas"]["MessageDirection"];
            /** Format: int64 */
            id: number;
            sent_at: components["schemas"]["Time"];
            state: components["schemas"]["MessageState"];
            /** @description Its beginning, at most 200 characters. */
            text: string;
        };
        /** @description Who is to be taken off the list. */
        Leaver: {
            /** Format: int64 */
            client_id: number;
        };
        /** @description An entry of the ledger. */
        LedgerEntry: {
            action: components["schemas"]["ConsentAction"];
            basis: components["schemas"]["ConsentBasis"];
            created_at: components["schemas"]["Time"];
            /** @description What proves it. */
            evidence?: string | null;
            /** Format: int64 */
            id: number;
            recorded_by: string;
            /** @description What the person agreed to, word for word. */
            wording?: string | null;
        };
        /** @description A value in each language of the knowledge base. */
        Localized_String: {
            en?: string;
            kk?: string;
            ru?: string;
            uk?: string;
            uz?: string;
        };
        /** @description A value in each language of the knowledge base. */
        Localized_Vec_String: {
            en?: string[];
            kk?: string[];
            ru?: string[];
            uk?: string[];
            uz?: string[];
        };
        /** @description A session that has begun. The session itself is in the cookie. */
        LoginAnswer: {
            /** @description Send it back as `X-CSRF-Token` with every request that changes something. */
            csrf_token: string;
            user: components["schemas"]["UserAnswer"];
        };
        /** @description A login. */
        LoginInput: {
            /** @description The user's name; `admin` when it is left out. */
            name?: string | null;
            password: string;
        };
        /** @enum {string} */
        LostWord: "no_need" | "already_has" | "no_trust" | "price" | "fear_of_debt" | "bad_experience" | "silent" | "competitor" | "refused" | "other";
        /** @description Who calls. */
        Me: {
            /** @description The session's CSRF token. */
            csrf_token?: string | null;
            /** @description `open` (nothing is configured), `user` or `token`. */
            kind: string;
            scope?: components["schemas"]["Scope"] | null;
            /** @description The name and the scope of a token. */
            token?: string | null;
            user?: components["schemas"]["UserAnswer"] | null;
        };
        /** @description Who is the same person. */
        MergeInput: {
            /**
             * Format: int64
             * @description The contact that joins this one and is gone afterwards.
             */
            with: number;
        };
        /** @description A message. */
        Message: {
            /** Format: int64 */
            account_id: number;
            author: components["schemas"]["MessageAuthor"];
            /** Format: int64 */
            campaign_id?: number | null;
            /**
             * Format: double
             * @description How sure that is, 0 to 1.
             */
            confidence?: number | null;
            /** Format: int64 */
            contact_id: number;
            deleted_at?: components["schemas"]["Time"] | null;
            direction: components["schemas"]["MessageDirection"];
            edited_at?: components["schemas"]["Time"] | null;
            /** @description Why it was not sent, by name, or what Telegram answered; only for `failed`. */
            error?: string | null;
            /** @description The same in words. */
            error_text?: string | null;
            /** Format: int64 */
            id: number;
            /** @description What the person's message was taken for. */
            labels: string[];
            /**
             * Format: int64
             * @description For what we sent: `GET /api/outbox/{id}`.
             */
            outbox_id?: number | null;
            read_at?: components["schemas"]["Time"] | null;
            /** @description While it waits: when it was queued. */
            sent_at: components["schemas"]["Time"];
            /**
             * @description `queued`: it waits for its turn; `delivered`: Telegram's server took it (one tick); `read`: the person saw it (two
             *     ticks); `failed`: it was not sent.
             */
            state: components["schemas"]["MessageState"];
            /** Format: int64 */
            telegram_message_id?: number | null;
            text: string;
        };
        /** @enum {string} */
        MessageAuthor: "ai" | "operator" | "phone" | "contact" | "rule";
        /** @enum {string} */
        MessageDirection: "in" | "out";
        /** @enum {string} */
        MessageState: "queued" | "sent" | "delivered" | "read" | "failed" | "received";
        /** @description An amount of money. */
        Money: {
            /** @description ISO 4217. */
            currency: string;
            /** @description As people write it, in the language of the answer. */
            formatted: string;
            /**
             * Format: int64
             * @description Whole minor units (kopecks, cents).
             */
            minor: number;
        };
        /** @description What a row points at: its id and its name. */
        Named: {
            /** Format: int64 */
            id: number;
            name: string;
        };
        /** @description A client that a row points at. */
        NamedClient: {
            /** Format: int64 */
            contact_id: number;
            /** Format: int64 */
            id: number;
            name: string;
        };
        /** @description A token that was just made. */
        NewToken: {
            created_at: components["schemas"]["Time"];
            /** Format: int64 */
            id: number;
            name: string;
            scope: components["schemas"]["Scope"];
            /** @description The text for `Authorization: Bearer`. It is not kept and not shown again. */
            token: string;
        };
        /** @description A number in the fact's unit, or words. */
        NumberOrText: number | string;
        /** @description The answer to an objection. */
        ObjectionAnswer: {
            /** @description What kind of reply it is. */
            category: string;
            /**
             * Format: float
             * @description How sure that is, 0 to 1.
             */
            confidence: number;
            /** @description The facts that the answer tells. */
            facts: Record<string, never>[];
            provider: string;
            response: string;
        };
        /** @description An objection, in the person's own words. */
        ObjectionInput: {
            /** Format: int64 */
            contact_id?: number | null;
            objection: string;
            /** Format: int64 */
            product_id?: number | null;
        };
        /** @enum {string} */
        OutboxKind: "first_message" | "follow_up" | "reply" | "operator" | "opt_out_confirmation" | "service";
        /** @description An outgoing message on its way. */
        OutboxMessage: {
            /** Format: int64 */
            account_id: number;
            /** @description Why it may be sent. */
            allowed_because: string;
            /** Format: int32 */
            attempts: number;
            /** Format: int64 */
            campaign_id?: number | null;
            /** Format: int64 */
            contact_id: number;
            created_at: components["schemas"]["Time"];
            /**
             * Format: int32
             * @description Which message of the campaign's dialog; 0 is the first.
             */
            dialog_step: number;
            /** @description What Telegram said last, when it did not take it. */
            error?: string | null;
            /** @description The facts that the text tells. */
            facts: Record<string, never>[];
            /** Format: int64 */
            id: number;
            kind: components["schemas"]["OutboxKind"];
            /** @description While it is being sent: which process sends it, and until when no other may. */
            lease_owner?: string | null;
            lease_until?: components["schemas"]["Time"] | null;
            /** @description Not sent before this moment. */
            not_before: components["schemas"]["Time"];
            /** @description Who wrote the text: a provider, `offline` or `template`. None: a person, or not yet written. */
            provider?: string | null;
            /** @description Why it was skipped, deferred or failed. */
            reason?: string | null;
            sent_at?: components["schemas"]["Time"] | null;
            state: components["schemas"]["OutboxState"];
            /**
             * Format: int64
             * @description Telegram's number of the message, once it is known.
             */
            telegram_message_id?: number | null;
            /** @description None: not written yet. */
            text?: string | null;
        };
        /** @enum {string} */
        OutboxState: "draft" | "queued" | "sending" | "sent" | "deferred" | "skipped" | "failed" | "cancelled";
        /** @description A page of a list. */
        Page_Account: {
            items: {
                created_at: components["schemas"]["Time"];
                /** @description A sandbox account is never used with the real Telegram, nor the other way round. */
                environment: components["schemas"]["Environment"];
                /** Format: int64 */
                id: number;
                label: string;
                /** @description Most digits hidden. */
                phone?: string | null;
                state: components["schemas"]["AccountState"];
                /** @description Why it is in this state. */
                state_reason?: string | null;
                /** @description The same in words, in the language of `Accept-Language`: what happened, why, and what to do. */
                state_text?: string | null;
                state_until?: components["schemas"]["Time"] | null;
                /** Format: int64 */
                telegram_user_id?: number | null;
                updated_at: components["schemas"]["Time"];
                username?: string | null;
            }[];
            /** @description Ask for the next page with it; null on the last one. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with these filters.
             */
            total: number;
        };
        /** @description A page of a list. */
        Page_AiAttempt: {
            items: {
                /** Format: int64 */
                completion_tokens?: number | null;
                /**
                 * Format: int64
                 * @description Millionths of the vendor's currency.
                 */
                cost_micros?: number | null;
                created_at: components["schemas"]["Time"];
                detail?: string | null;
                /** Format: int64 */
                first_token_ms?: number | null;
                /** Format: int32 */
                http_status?: number | null;
                /** Format: int64 */
                id: number;
                model: string;
                /** @description `ok`, or why there was no answer. */
                outcome: string;
                /** Format: int64 */
                prompt_tokens?: number | null;
                provider: string;
                purpose: string;
                /** Format: int64 */
                total_ms: number;
            }[];
            /** @description Ask for the next page with it; null on the last one. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with these filters.
             */
            total: number;
        };
        /** @description A page of a list. */
        Page_AiViolation: {
            items: {
                /** Format: int64 */
                contact_id?: number | null;
                created_at: components["schemas"]["Time"];
                /** @description The part of the text. */
                found: string;
                /** Format: int64 */
                id: number;
                /** @description What is wrong, as the grounding check names it. */
                kind: string;
                provider: string;
                purpose: string;
            }[];
            /** @description Ask for the next page with it; null on the last one. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with these filters.
             */
            total: number;
        };
        /** @description A page of a list. */
        Page_AuditEntry: {
            items: {
                action: string;
                actor: string;
                created_at: components["schemas"]["Time"];
                detail?: string | null;
                /** Format: int64 */
                id: number;
                subject: string;
            }[];
            /** @description Ask for the next page with it; null on the last one. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with these filters.
             */
            total: number;
        };
        /** @description A page of a list. */
        Page_Booking: {
            items: {
                cancel_reason?: string | null;
                cancelled_at?: components["schemas"]["Time"] | null;
                client?: components["schemas"]["NamedClient"] | null;
                created_at: components["schemas"]["Time"];
                /** @description Business day of the beginning. */
                day: components["schemas"]["Date"];
                ends_at: components["schemas"]["Time"];
                /** Format: int64 */
                id: number;
                notes?: string | null;
                /** @description What is not paid yet; 0 when it is cancelled. */
                owed: components["schemas"]["Money"];
                /** @description Completed payments less refunds. */
                paid: components["schemas"]["Money"];
                place?: components["schemas"]["Named"] | null;
                price: components["schemas"]["Money"];
                remind_at?: components["schemas"]["Time"] | null;
                service?: components["schemas"]["Named"] | null;
                /**
                 * Format: int64
                 * @description Null: a place is booked.
                 */
                session_id?: number | null;
                staff?: components["schemas"]["Named"] | null;
                starts_at: components["schemas"]["Time"];
                status: components["schemas"]["BookingStatus"];
                /**
                 * Format: int64
                 * @description Whose visit pays for it.
                 */
                subscription_id?: number | null;
                updated_at: components["schemas"]["Time"];
            }[];
            /** @description Ask for the next page with it; null on the last one. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with these filters.
             */
            total: number;
        };
        /** @description A page of a list. */
        Page_Campaign: {
            items: {
                approval: components["schemas"]["Approval"];
                /** Format: int32 */
                batch_size: number;
                completed_at?: components["schemas"]["Time"] | null;
                created_at: components["schemas"]["Time"];
                /**
                 * Format: double
                 * @description Seconds; none: 2 to 5 by chance.
                 */
                delay_between_messages?: number | null;
                description?: string | null;
                expected_finish_at?: components["schemas"]["Time"] | null;
                /** @description What is written to whoever is silent; an answer, a stop or a takeover ends it. */
                follow_ups: components["schemas"]["FollowUp"][];
                /** Format: int64 */
                id: number;
                /** @description Several make an A/B test; none: each message is composed for its person. */
                message_templates: string[];
                name: string;
                /** Format: int64 */
                product_id?: number | null;
                /** @description The product's name; none when the knowledge base does not have it any more. */
                product_name?: string | null;
                progress: components["schemas"]["Progress"];
                scheduled_at?: components["schemas"]["Time"] | null;
                started_at?: components["schemas"]["Time"] | null;
                status: components["schemas"]["CampaignState"];
                /** @description Why it is in this state. */
                status_reason?: string | null;
                /** @description The same in words. */
                status_reason_text?: string | null;
                updated_at: components["schemas"]["Time"];
            }[];
            /** @description Ask for the next page with it; null on the last one. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with these filters.
             */
            total: number;
        };
        /** @description A page of a list. */
        Page_CampaignContact: {
            items: {
                /** Format: int64 */
                account_id?: number | null;
                /** Format: int64 */
                contact_id: number;
                contact_name?: string | null;
                delivered_at?: components["schemas"]["Time"] | null;
                /** @description The last error that Telegram gave for this person. */
                error?: string | null;
                follow_up?: components["schemas"]["FollowUpWait"] | null;
                opted_out: boolean;
                /**
                 * Format: int64
                 * @description The newest message of the campaign to the person: GET /api/outbox/{id}.
                 */
                outbox_id?: number | null;
                read_at?: components["schemas"]["Time"] | null;
                /** @description Why the person was skipped, failed or cancelled: `no_consent`, `opted_out`, `privacy_restricted` and the like. */
                reason?: string | null;
                /** @description The reason in words. */
                reason_text?: string | null;
                replied_at?: components["schemas"]["Time"] | null;
                sent_at?: components["schemas"]["Time"] | null;
                stage: components["schemas"]["FunnelStage"];
                state: components["schemas"]["CampaignContactState"];
                /**
                 * Format: int32
                 * @description Which template of an A/B test, from 0.
                 */
                variant: number;
                waiting_for?: components["schemas"]["PersonWaits"] | null;
            }[];
            /** @description Ask for the next page with it; null on the last one. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with these filters.
             */
            total: number;
        };
        /** @description A page of a list. */
        Page_Client: {
            items: {
                birth_date?: components["schemas"]["Date"] | null;
                /** @description Why we may write to the person. */
                consent: components["schemas"]["ConsentBasis"];
                /** Format: int64 */
                contact_id: number;
                contract_number?: string | null;
                contraindications?: string | null;
                created_at: components["schemas"]["Time"];
                /** @description Code of a direction. */
                direction?: string | null;
                /** Format: int64 */
                id: number;
                last_visit_on?: components["schemas"]["Date"] | null;
                name: string;
                notes?: string | null;
                opted_out: boolean;
                /** @description E.164. */
                phone?: string | null;
                /** @description Where the client heard of us. */
                source?: string | null;
                status: components["schemas"]["ClientStatus"];
                subscription_number?: string | null;
                tags: string[];
                updated_at: components["schemas"]["Time"];
                username?: string | null;
                /**
                 * Format: int64
                 * @description Attended bookings.
                 */
                visits: number;
            }[];
            /** @description Ask for the next page with it; null on the last one. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with these filters.
             */
            total: number;
        };
        /** @description A page of a list. */
        Page_Contact: {
            items: {
                /**
                 * Format: int32
                 * @description Years.
                 */
                age?: number | null;
                /** @description Why we may write to the person; `none`: we may not. */
                consent: components["schemas"]["ConsentBasis"];
                created_at: components["schemas"]["Time"];
                /** @description Columns of an upload that have no field here. */
                extra: Record<string, never>;
                first_name?: string | null;
                goal?: string | null;
                /** Format: int64 */
                id: number;
                /**
                 * Format: int64
                 * @description The upload that brought the contact.
                 */
                import_id?: number | null;
                interests?: string | null;
                /** @description ISO 639 code. */
                language?: string | null;
                last_inbound_at?: components["schemas"]["Time"] | null;
                last_message_at?: components["schemas"]["Time"] | null;
                last_name?: string | null;
                name: string;
                notes?: string | null;
                opted_out_at?: components["schemas"]["Time"] | null;
                /** @description E.164. */
                phone?: string | null;
                profession?: string | null;
                source: components["schemas"]["ContactSource"];
                stage: components["schemas"]["FunnelStage"];
                status: components["schemas"]["ContactStatus"];
                tags: string[];
                /** Format: int64 */
                telegram_user_id?: number | null;
                /** @description IANA name. */
                timezone?: string | null;
                updated_at: components["schemas"]["Time"];
                /** @description Lower case, without `@`. */
                username?: string | null;
            }[];
            /** @description Ask for the next page with it; null on the last one. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with these filters.
             */
            total: number;
        };
        /** @description A page of a list. */
        Page_ContactCampaign: {
            items: {
                /** Format: int64 */
                campaign_id: number;
                /**
                 * Format: int64
                 * @description The campaign's first message to the contact.
                 */
                message_id?: number | null;
                name: string;
                /** @description Why the contact was skipped, failed or cancelled. */
                reason?: string | null;
                /** @description The reason in words. */
                reason_text?: string | null;
                replied_at?: components["schemas"]["Time"] | null;
                sent_at?: components["schemas"]["Time"] | null;
                /** @description Where the contact stands in it. */
                state: components["schemas"]["CampaignContactState"];
            }[];
            /** @description Ask for the next page with it; null on the last one. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with these filters.
             */
            total: number;
        };
        /** @description A page of a list. */
        Page_Dialog: {
            items: {
                /** Format: int64 */
                account_id: number;
                /** @description The AI is about to answer. */
                answer_due: boolean;
                /** Format: int64 */
                campaign_id?: number | null;
                close_reason?: string | null;
                closed_at?: components["schemas"]["Time"] | null;
                /** Format: int64 */
                contact_id: number;
                /** @description The contact's name. */
                contact_name?: string | null;
                last_message?: components["schemas"]["LastMessage"] | null;
                last_message_at: components["schemas"]["Time"];
                /** @description The person said stop. */
                opted_out: boolean;
                /** @description Who answers. */
                owner: components["schemas"]["DialogOwner"];
                owner_since?: components["schemas"]["Time"] | null;
                /** Format: int64 */
                product_id?: number | null;
                stage?: components["schemas"]["FunnelStage"] | null;
                /**
                 * Format: int32
                 * @description Messages of the person that nobody has seen.
                 */
                unread: number;
            }[];
            /** @description Ask for the next page with it; null on the last one. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with these filters.
             */
            total: number;
        };
        /** @description A page of a list. */
        Page_Direction: {
            items: {
                /** @description What other rows name it by. */
                code: string;
                name: string;
                /**
                 * Format: int32
                 * @description Place in lists.
                 */
                position: number;
            }[];
            /** @description Ask for the next page with it; null on the last one. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with these filters.
             */
            total: number;
        };
        /** @description A page of a list. */
        Page_Group: {
            items: {
                /**
                 * Format: int64
                 * @description The account that is in it.
                 */
                account_id: number;
                /** Format: int64 */
                id: number;
                kind: components["schemas"]["GroupKind"];
                /**
                 * Format: int64
                 * @description As Telegram says.
                 */
                members_count: number;
                parsed_at?: components["schemas"]["Time"] | null;
                refreshed_at: components["schemas"]["Time"];
                title: string;
                username?: string | null;
            }[];
            /** @description Ask for the next page with it; null on the last one. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with these filters.
             */
            total: number;
        };
        /** @description A page of a list. */
        Page_GroupMember: {
            items: {
                /**
                 * Format: int64
                 * @description The contact of this person.
                 */
                contact_id?: number | null;
                /** Format: int64 */
                id: number;
                name: string;
                seen_at: components["schemas"]["Time"];
                /** Format: int64 */
                telegram_user_id: number;
                username?: string | null;
            }[];
            /** @description Ask for the next page with it; null on the last one. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with these filters.
             */
            total: number;
        };
        /** @description A page of a list. */
        Page_Import: {
            items: {
                consent: components["schemas"]["ConsentBasis"];
                country: string;
                /** Format: int64 */
                created: number;
                created_at: components["schemas"]["Time"];
                dry_run: boolean;
                /** @description Why it failed. */
                error?: string | null;
                /** Format: int64 */
                errors: number;
                file_name: string;
                finished_at?: components["schemas"]["Time"] | null;
                format: string;
                /** Format: int64 */
                id: number;
                /** Format: int64 */
                skipped: number;
                state: components["schemas"]["ImportState"];
                /** Format: int64 */
                total: number;
                /** Format: int64 */
                unchanged: number;
                /** Format: int64 */
                updated: number;
            }[];
            /** @description Ask for the next page with it; null on the last one. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with these filters.
             */
            total: number;
        };
        /** @description A page of a list. */
        Page_KnowledgeAnswers: {
            items: {
                answers: components["schemas"]["KnowledgeBlock"][];
                class: components["schemas"]["ReplyClass"];
            }[];
            /** @description Ask for the next page with it; null on the last one. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with these filters.
             */
            total: number;
        };
        /** @description A page of a list. */
        Page_KnowledgeBlocks: {
            items: {
                blocks: components["schemas"]["KnowledgeBlock"][];
                kind: components["schemas"]["BlockKind"];
            }[];
            /** @description Ask for the next page with it; null on the last one. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with these filters.
             */
            total: number;
        };
        /** @description A page of a list. */
        Page_KnowledgeVersion: {
            items: {
                /** @description What was done: `product_changed`, say; null for the first version. */
                action?: string | null;
                author: string;
                created_at: components["schemas"]["Time"];
                /** Format: int64 */
                id: number;
                /** @description It is in force now. */
                in_force: boolean;
                /**
                 * Format: int64
                 * @description The version that was changed.
                 */
                parent_id?: number | null;
                source: components["schemas"]["KnowledgeSource"];
                /** @description What it was done to: a product's id, a fact, a class. */
                subject?: string | null;
                /** @description The same in words. */
                text: string;
            }[];
            /** @description Ask for the next page with it; null on the last one. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with these filters.
             */
            total: number;
        };
        /** @description A page of a list. */
        Page_LedgerEntry: {
            items: {
                action: components["schemas"]["ConsentAction"];
                basis: components["schemas"]["ConsentBasis"];
                created_at: components["schemas"]["Time"];
                /** @description What proves it. */
                evidence?: string | null;
                /** Format: int64 */
                id: number;
                recorded_by: string;
                /** @description What the person agreed to, word for word. */
                wording?: string | null;
            }[];
            /** @description Ask for the next page with it; null on the last one. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with these filters.
             */
            total: number;
        };
        /** @description A page of a list. */
        Page_Message: {
            items: {
                /** Format: int64 */
                account_id: number;
                author: components["schemas"]["MessageAuthor"];
                /** Format: int64 */
                campaign_id?: number | null;
                /**
                 * Format: double
                 * @description How sure that is, 0 to 1.
                 */
                confidence?: number | null;
                /** Format: int64 */
                contact_id: number;
                deleted_at?: components["schemas"]["Time"] | null;
                direction: components["schemas"]["MessageDirection"];
                edited_at?: components["schemas"]["Time"] | null;
                /** @description Why it was not sent, by name, or what Telegram answered; only for `failed`. */
                error?: string | null;
                /** @description The same in words. */
                error_text?: string | null;
                /** Format: int64 */
                id: number;
                /** @description What the person's message was taken for. */
                labels: string[];
                /**
                 * Format: int64
                 * @description For what we sent: `GET /api/outbox/{id}`.
                 */
                outbox_id?: number | null;
                read_at?: components["schemas"]["Time"] | null;
                /** @description While it waits: when it was queued. */
                sent_at: components["schemas"]["Time"];
                /**
                 * @description `queued`: it waits for its turn; `delivered`: Telegram's server took it (one tick); `read`: the person saw it (two
                 *     ticks); `failed`: it was not sent.
                 */
                state: components["schemas"]["MessageState"];
                /** Format: int64 */
                telegram_message_id?: number | null;
                text: string;
            }[];
            /** @description Ask for the next page with it; null on the last one. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with these filters.
             */
            total: number;
        };
        /** @description A page of a list. */
        Page_OutboxMessage: {
            items: {
                /** Format: int64 */
                account_id: number;
                /** @description Why it may be sent. */
                allowed_because: string;
                /** Format: int32 */
                attempts: number;
                /** Format: int64 */
                campaign_id?: number | null;
                /** Format: int64 */
                contact_id: number;
                created_at: components["schemas"]["Time"];
                /**
                 * Format: int32
                 * @description Which message of the campaign's dialog; 0 is the first.
                 */
                dialog_step: number;
                /** @description What Telegram said last, when it did not take it. */
                error?: string | null;
                /** @description The facts that the text tells. */
                facts: Record<string, never>[];
                /** Format: int64 */
                id: number;
                kind: components["schemas"]["OutboxKind"];
                /** @description While it is being sent: which process sends it, and until when no other may. */
                lease_owner?: string | null;
                lease_until?: components["schemas"]["Time"] | null;
                /** @description Not sent before this moment. */
                not_before: components["schemas"]["Time"];
                /** @description Who wrote the text: a provider, `offline` or `template`. None: a person, or not yet written. */
                provider?: string | null;
                /** @description Why it was skipped, deferred or failed. */
                reason?: string | null;
                sent_at?: components["schemas"]["Time"] | null;
                state: components["schemas"]["OutboxState"];
                /**
                 * Format: int64
                 * @description Telegram's number of the message, once it is known.
                 */
                telegram_message_id?: number | null;
                /** @description None: not written yet. */
                text?: string | null;
            }[];
            /** @description Ask for the next page with it; null on the last one. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with these filters.
             */
            total: number;
        };
        /** @description A page of a list. */
        Page_Payment: {
            items: {
                /** @description Above 0, of a refund too. */
                amount: components["schemas"]["Money"];
                /** Format: int64 */
                booking_id?: number | null;
                client?: components["schemas"]["NamedClient"] | null;
                created_at: components["schemas"]["Time"];
                day?: components["schemas"]["Date"] | null;
                /** Format: int64 */
                id: number;
                kind: components["schemas"]["PaymentKind"];
                method: components["schemas"]["PaymentMethod"];
                notes?: string | null;
                /** @description Of the receipt. */
                number?: string | null;
                paid_at?: components["schemas"]["Time"] | null;
                /**
                 * Format: int64
                 * @description Of a refund: the payment.
                 */
                refund_of?: number | null;
                /** @description What was given back of it. */
                refunded: components["schemas"]["Money"];
                service?: components["schemas"]["Named"] | null;
                staff?: components["schemas"]["Named"] | null;
                status: components["schemas"]["PaymentStatus"];
                /** Format: int64 */
                subscription_id?: number | null;
                updated_at: components["schemas"]["Time"];
            }[];
            /** @description Ask for the next page with it; null on the last one. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with these filters.
             */
            total: number;
        };
        /** @description A page of a list. */
        Page_Place: {
            items: {
                active: boolean;
                /**
                 * Format: int32
                 * @description People.
                 */
                capacity: number;
                created_at: components["schemas"]["Time"];
                description?: string | null;
                /** @description Code of a direction. */
                direction?: string | null;
                /** Format: int64 */
                id: number;
                kind: components["schemas"]["PlaceKind"];
                name: string;
                price_day?: components["schemas"]["Money"] | null;
                price_hour?: components["schemas"]["Money"] | null;
                price_month?: components["schemas"]["Money"] | null;
                updated_at: components["schemas"]["Time"];
            }[];
            /** @description Ask for the next page with it; null on the last one. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with these filters.
             */
            total: number;
        };
        /** @description A page of a list. */
        Page_Sample: {
            items: {
                /** Format: int64 */
                contact_id: number;
                contact_name: string;
                /** @description The facts that it tells and the approved blocks that it uses. */
                facts?: Record<string, never> | null;
                /** @description Who wrote it: a provider, `offline` or `template`. */
                provider?: string | null;
                /** @description Why there is no text: `no_product`, `not_grounded`, `empty_text`, `too_long`. */
                reason?: string | null;
                /** @description The same in words. */
                reason_text?: string | null;
                text?: string | null;
            }[];
            /** @description Ask for the next page with it; null on the last one. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with these filters.
             */
            total: number;
        };
        /** @description A page of a list. */
        Page_Service: {
            items: {
                active: boolean;
                /**
                 * Format: int32
                 * @description Usual seats of a session.
                 */
                capacity?: number | null;
                category?: string | null;
                created_at: components["schemas"]["Time"];
                description?: string | null;
                /** @description Code of a direction. */
                direction?: string | null;
                /** Format: int32 */
                duration_minutes: number;
                /** Format: int64 */
                id: number;
                name: string;
                /**
                 * Format: int32
                 * @description As a subscription: its days; null: not sold as one.
                 */
                period_days?: number | null;
                /** @description Of one visit, or of the subscription. */
                price: components["schemas"]["Money"];
                updated_at: components["schemas"]["Time"];
                /**
                 * Format: int32
                 * @description As a subscription: its visits; null: any number.
                 */
                visits?: number | null;
            }[];
            /** @description Ask for the next page with it; null on the last one. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with these filters.
             */
            total: number;
        };
        /** @description A page of a list. */
        Page_Session: {
            items: {
                cancel_reason?: string | null;
                /** Format: int32 */
                capacity: number;
                created_at: components["schemas"]["Time"];
                /** @description Business day of the beginning. */
                day: components["schemas"]["Date"];
                ends_at: components["schemas"]["Time"];
                /** Format: int64 */
                id: number;
                notes?: string | null;
                place?: components["schemas"]["Named"] | null;
                /** @description Of one visit. */
                price: components["schemas"]["Money"];
                /** Format: int32 */
                seats_free: number;
                /** Format: int32 */
                seats_taken: number;
                /**
                 * Format: int64
                 * @description The first session of its weekly series.
                 */
                series_id?: number | null;
                service?: components["schemas"]["Named"] | null;
                staff?: components["schemas"]["Named"] | null;
                starts_at: components["schemas"]["Time"];
                status: components["schemas"]["SessionStatus"];
                updated_at: components["schemas"]["Time"];
            }[];
            /** @description Ask for the next page with it; null on the last one. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with these filters.
             */
            total: number;
        };
        /** @description A page of a list. */
        Page_Staff: {
            items: {
                active: boolean;
                created_at: components["schemas"]["Time"];
                /** @description Codes of directions. */
                directions: string[];
                /** @description Empty: not said. */
                hours: components["schemas"]["WorkingHours"][];
                /** Format: int64 */
                id: number;
                name: string;
                notes?: string | null;
                /** @description E.164. */
                phone?: string | null;
                position?: string | null;
                updated_at: components["schemas"]["Time"];
            }[];
            /** @description Ask for the next page with it; null on the last one. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with these filters.
             */
            total: number;
        };
        /** @description A page of a list. */
        Page_StageMove: {
            items: {
                /** Format: int64 */
                campaign_id?: number | null;
                created_at: components["schemas"]["Time"];
                from: components["schemas"]["FunnelStage"];
                /** Format: int64 */
                id: number;
                /**
                 * Format: int64
                 * @description The message that caused it.
                 */
                message_id?: number | null;
                /** @description A person of the team; `alfa`: the product did; `contact`: by writing. */
                moved_by: string;
                /** @description Why the person was lost. */
                reason?: string | null;
                to: components["schemas"]["FunnelStage"];
            }[];
            /** @description Ask for the next page with it; null on the last one. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with these filters.
             */
            total: number;
        };
        /** @description A page of a list. */
        Page_Subscription: {
            items: {
                cancelled_at?: components["schemas"]["Time"] | null;
                client?: components["schemas"]["NamedClient"] | null;
                created_at: components["schemas"]["Time"];
                /** @description The last day that counts. */
                ends_on: components["schemas"]["Date"];
                freezes: components["schemas"]["Freeze"][];
                /** Format: int64 */
                id: number;
                notes?: string | null;
                number?: string | null;
                /** @description What is not paid yet; 0 when it is cancelled. */
                owed: components["schemas"]["Money"];
                paid: components["schemas"]["Money"];
                price: components["schemas"]["Money"];
                service?: components["schemas"]["Named"] | null;
                /** @description As it stands today. */
                standing: components["schemas"]["Standing"];
                starts_on: components["schemas"]["Date"];
                /** @description As it was sold. */
                status: components["schemas"]["SubscriptionStatus"];
                updated_at: components["schemas"]["Time"];
                /** Format: int32 */
                visits_left?: number | null;
                /**
                 * Format: int32
                 * @description Null: any number.
                 */
                visits_total?: number | null;
            }[];
            /** @description Ask for the next page with it; null on the last one. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with these filters.
             */
            total: number;
        };
        /** @description A page of a list. */
        Page_TagCount: {
            items: {
                /**
                 * Format: int64
                 * @description Contacts that have it.
                 */
                count: number;
                tag: string;
            }[];
            /** @description Ask for the next page with it; null on the last one. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with these filters.
             */
            total: number;
        };
        /** @description A page of a list. */
        Page_Token: {
            items: {
                created_at: components["schemas"]["Time"];
                /** Format: int64 */
                id: number;
                last_used_at?: components["schemas"]["Time"] | null;
                name: string;
                revoked_at?: components["schemas"]["Time"] | null;
                scope: components["schemas"]["Scope"];
            }[];
            /** @description Ask for the next page with it; null on the last one. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with these filters.
             */
            total: number;
        };
        /** @description A page of a list. */
        Page_Waiting: {
            items: {
                client?: components["schemas"]["NamedClient"] | null;
                created_at: components["schemas"]["Time"];
                /**
                 * Format: int64
                 * @description 1 is the next to get a seat.
                 */
                position: number;
                /** Format: int64 */
                session_id: number;
            }[];
            /** @description Ask for the next page with it; null on the last one. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with these filters.
             */
            total: number;
        };
        /** @description How many members to read. */
        ParseInput: {
            /**
             * Format: int64
             * @description All that Telegram shows when it is left out.
             */
            limit?: number | null;
        };
        /** @description What a campaign, a product or a variant brought, of the people written to in these days. */
        PartFigures: {
            /**
             * Format: int64
             * @description People who applied, the won among them.
             */
            applied: number;
            /**
             * Format: int64
             * @description Of a variant: its campaign.
             */
            campaign_id?: number | null;
            /** Format: int64 */
            delivered: number;
            /**
             * Format: int64
             * @description Of the campaign or the product; of a variant the number of its template, from 0. Null: campaigns without a product.
             */
            id?: number | null;
            name?: string | null;
            /** Format: int64 */
            opted_out: number;
            /** Format: int64 */
            read: number;
            /**
             * Format: double
             * @description Read of the sent, 0 to 1.
             */
            read_rate: number;
            /** Format: int64 */
            replied: number;
            /**
             * Format: double
             * @description Answered of the sent, 0 to 1.
             */
            reply_rate: number;
            /** Format: int64 */
            sent: number;
            /** Format: int64 */
            won: number;
        };
        /** @description The account's second password. */
        PasswordInput: {
            password: string;
        };
        /** @description A payment, or a refund of one. */
        Payment: {
            /** @description Above 0, of a refund too. */
            amount: components["schemas"]["Money"];
            /** Format: int64 */
            booking_id?: number | null;
            client?: components["schemas"]["NamedClient"] | null;
            created_at: components["schemas"]["Time"];
            day?: components["schemas"]["Date"] | null;
            /** Format: int64 */
            id: number;
            kind: components["schemas"]["PaymentKind"];
            method: components["schemas"]["PaymentMethod"];
            notes?: string | null;
            /** @description Of the receipt. */
            number?: string | null;
            paid_at?: components["schemas"]["Time"] | null;
            /**
             * Format: int64
             * @description Of a refund: the payment.
             */
            refund_of?: number | null;
            /** @description What was given back of it. */
            refunded: components["schemas"]["Money"];
            service?: components["schemas"]["Named"] | null;
            staff?: components["schemas"]["Named"] | null;
            status: components["schemas"]["PaymentStatus"];
            /** Format: int64 */
            subscription_id?: number | null;
            updated_at: components["schemas"]["Time"];
        };
        /** @description A change of a payment: what is left out stays, `null` empties. */
        PaymentChange: {
            /** @default null */
            method?: components["schemas"]["PaymentMethod"] | null;
            /** @default null */
            notes?: string | null;
            /** @default null */
            number?: string | null;
            /** @default null */
            status?: components["schemas"]["PaymentStatus"] | null;
        };
        /** @description A payment to be recorded. What it is for follows from the booking or the subscription when it is left out. */
        PaymentInput: {
            /** Format: int64 */
            amount_minor: number;
            /** Format: int64 */
            booking_id?: number | null;
            /** Format: int64 */
            client_id?: number | null;
            method: components["schemas"]["PaymentMethod"];
            notes?: string | null;
            /** @description Of the receipt. */
            number?: string | null;
            paid_at?: components["schemas"]["Time"] | null;
            /** Format: int64 */
            service_id?: number | null;
            /** Format: int64 */
            staff_id?: number | null;
            status?: components["schemas"]["PaymentStatus"] | null;
            /** Format: int64 */
            subscription_id?: number | null;
        };
        /** @enum {string} */
        PaymentKind: "payment" | "refund";
        /** @enum {string} */
        PaymentMethod: "cash" | "transfer" | "card";
        /** @enum {string} */
        PaymentStatus: "pending" | "completed" | "failed" | "cancelled";
        /** @description What the payments of a filter come to. */
        PaymentSums: {
            /** @description Completed payments less refunds. */
            net: components["schemas"]["Money"];
            /** @description Completed payments. */
            paid: components["schemas"]["Money"];
            /** @description Payments that are not completed yet. They have no day, so a filter by days finds none of them. */
            pending: components["schemas"]["Money"];
            /** @description Completed refunds; above 0. */
            refunded: components["schemas"]["Money"];
        };
        /** @description Days, both included. */
        PeriodView: {
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
        };
        /** @description Everything that is kept of a person. */
        PersonExport: {
            consents: components["schemas"]["LedgerEntry"][];
            contact: components["schemas"]["Contact"];
            /** @description Newest first. */
            messages: components["schemas"]["Message"][];
        };
        /** @description What somebody waits for. */
        PersonWaits: {
            /** @description `pacing`, `quiet_hours`, `daily_budget`, `approval`, `paused`, `no_account`, `account_` with its state and the like. */
            reason: string;
            /** @description The same in words. */
            text: string;
            until?: components["schemas"]["Time"] | null;
        };
        /** @description A place that takes one session or booking at a time. */
        Place: {
            active: boolean;
            /**
             * Format: int32
             * @description People.
             */
            capacity: number;
            created_at: components["schemas"]["Time"];
            description?: string | null;
            /** @description Code of a direction. */
            direction?: string | null;
            /** Format: int64 */
            id: number;
            kind: components["schemas"]["PlaceKind"];
            name: string;
            price_day?: components["schemas"]["Money"] | null;
            price_hour?: components["schemas"]["Money"] | null;
            price_month?: components["schemas"]["Money"] | null;
            updated_at: components["schemas"]["Time"];
        };
        /** @description A change of a place. */
        PlaceChange: {
            /** @default null */
            active?: boolean | null;
            /**
             * Format: int32
             * @description People.
             * @default null
             */
            capacity?: number | null;
            /** @default null */
            description?: string | null;
            /**
             * @description Code of a direction.
             * @default null
             */
            direction?: string | null;
            /** @default null */
            kind?: components["schemas"]["PlaceKind"] | null;
            /** @default null */
            name?: string | null;
            /**
             * Format: int64
             * @default null
             */
            price_day_minor?: number | null;
            /**
             * Format: int64
             * @description In minor units; null: not let by the hour.
             * @default null
             */
            price_hour_minor?: number | null;
            /**
             * Format: int64
             * @default null
             */
            price_month_minor?: number | null;
        };
        /** @description A place to be written. */
        PlaceInput: {
            /** @description Can be booked; true when it is left out. */
            active?: boolean | null;
            /**
             * Format: int32
             * @description People; 1 when it is left out.
             */
            capacity?: number | null;
            description?: string | null;
            /** @description Code of a direction. */
            direction?: string | null;
            kind: components["schemas"]["PlaceKind"];
            name: string;
            /** Format: int64 */
            price_day_minor?: number | null;
            /**
             * Format: int64
             * @description In minor units.
             */
            price_hour_minor?: number | null;
            /** Format: int64 */
            price_month_minor?: number | null;
        };
        /** @enum {string} */
        PlaceKind: "hall" | "desk" | "meeting_room" | "other";
        /** @description Settings to change: what is left out stays. */
        PolicyChange: {
            /** @default null */
            approval?: components["schemas"]["Approval"] | null;
            /**
             * Format: int32
             * @default null
             */
            daily_new_dialogs?: number | null;
            /**
             * Format: int32
             * @default null
             */
            max_unanswered?: number | null;
            /**
             * Format: double
             * @default null
             */
            pause_seconds_max?: number | null;
            /**
             * Format: double
             * @default null
             */
            pause_seconds_min?: number | null;
            /**
             * @description `HH:MM`; null, together with `quiet_to`: no quiet hours.
             * @default null
             */
            quiet_from?: string | null;
            /** @default null */
            quiet_to?: string | null;
            /**
             * Format: int32
             * @default null
             */
            recently_contacted_hours?: number | null;
            /**
             * Format: double
             * @default null
             */
            settle_seconds?: number | null;
        };
        /**
         * @description Where a setting comes from.
         * @enum {string}
         */
        PolicySource: "default" | "environment" | "set";
        /** @description Where each setting comes from. */
        PolicySources: {
            approval: components["schemas"]["PolicySource"];
            daily_new_dialogs: components["schemas"]["PolicySource"];
            max_unanswered: components["schemas"]["PolicySource"];
            pause_seconds_max: components["schemas"]["PolicySource"];
            pause_seconds_min: components["schemas"]["PolicySource"];
            quiet_from: components["schemas"]["PolicySource"];
            quiet_to: components["schemas"]["PolicySource"];
            recently_contacted_hours: components["schemas"]["PolicySource"];
            settle_seconds: components["schemas"]["PolicySource"];
        };
        /** @description The settings in force. */
        PolicyView: {
            /** @description Whether drafts of a campaign that does not say so leave by themselves. */
            approval: components["schemas"]["Approval"];
            /**
             * Format: int32
             * @description Dialogs that an account may begin in any 24 hours.
             */
            daily_new_dialogs: number;
            /**
             * Format: int32
             * @description How many messages the AI may send without an answer.
             */
            max_unanswered: number;
            /**
             * Format: double
             * @description The longest.
             */
            pause_seconds_max: number;
            /**
             * Format: double
             * @description The shortest pause between two new dialogs of a campaign that names none.
             */
            pause_seconds_min: number;
            /** @description When quiet hours begin in the recipient's time zone, `21:00`; null: there are none. */
            quiet_from?: string | null;
            /** @description When they end. */
            quiet_to?: string | null;
            /**
             * Format: int32
             * @description Hours after any message for which campaigns leave a person alone.
             */
            recently_contacted_hours: number;
            /**
             * Format: double
             * @description How long a burst of messages is let settle before it is answered.
             */
            settle_seconds: number;
            source: components["schemas"]["PolicySources"];
        };
        /** @description The form. */
        PreviewForm: {
            /** @description ISO 3166 code of the country of phones without a code. */
            country?: string | null;
            /**
             * Format: binary
             * @description CSV, XLSX, TXT or vCard.
             */
            file: string;
            /** @description Sheet of a workbook, by name or number from 1. */
            sheet?: string | null;
        };
        /** @description For whom to write samples. */
        PreviewInput: {
            /** @description The first five who wait when it is left out. */
            contact_ids?: components["schemas"]["RowId"][] | null;
        };
        /** @description An error answer (RFC 9457). */
        Problem: {
            /** @description Short word for programs. */
            code: string;
            conflict?: components["schemas"]["InTheWay"] | null;
            /** @description What happened, why, and what to do. */
            detail: string;
            /** @description The bad fields, when the input is bad. */
            errors?: components["schemas"]["ProblemField"][] | null;
            /** @description For the operator's log: the request's number. */
            request_id?: string | null;
            /**
             * Format: int32
             * @description The HTTP status.
             */
            status: number;
            /** @description The kind in words. */
            title: string;
            /** @description Kind of the problem: `urn:alfa:` and the code. */
            type: string;
        };
        /** @description One bad field of the request. */
        ProblemField: {
            /** @description Path of the field in the body (`contact_ids[2]`), or the name of the parameter. */
            field: string;
            /**
             * Format: int64
             * @description The line of the file that was sent, from 1, where it can be told.
             */
            line?: number | null;
            /** @description What is wrong with it. */
            message: string;
        };
        /** @description Whom a text is for. */
        ProfileInput: {
            /** Format: int32 */
            age?: number | null;
            first_name?: string | null;
            goal?: string | null;
            /** @description Comma-separated. */
            interests?: string | null;
            last_name?: string | null;
            profession?: string | null;
            /** @description What the person wrote. */
            said?: string[] | null;
        };
        /** @description The programme, and whether the facts are made up. */
        ProgramInput: {
            bank: components["schemas"]["Localized_String"];
            benefits: components["schemas"]["KnowledgeBenefit"][];
            description: components["schemas"]["Localized_String"];
            levels: components["schemas"]["KnowledgeLevel"][];
            name: components["schemas"]["Localized_String"];
            persona: components["schemas"]["Localized_String"];
            /** @description False says that the facts are true; it stays as it is when it is left out. */
            sample?: boolean | null;
        };
        /** @description How far a campaign is, in people. */
        Progress: {
            /** Format: int64 */
            cancelled: number;
            /**
             * Format: int64
             * @description Drafts that wait for approval.
             */
            drafts: number;
            /** Format: int64 */
            failed: number;
            /** Format: int64 */
            opted_out: number;
            /**
             * Format: int64
             * @description Not looked at yet.
             */
            pending: number;
            /**
             * Format: int64
             * @description Waiting to be sent; the drafts that wait for approval are among them.
             */
            queued: number;
            /** Format: int64 */
            read: number;
            /** Format: int64 */
            replied: number;
            /** Format: int64 */
            sent: number;
            /** Format: int64 */
            skipped: number;
            /** Format: int64 */
            total: number;
        };
        /** @description One provider. */
        ProviderAnswer: {
            /** @description Attempts of the last 24 hours by outcome. */
            attempts_by_outcome: {
                [key: string]: number;
            };
            /** @description Why it may not be asked, as a word. */
            cause?: string | null;
            /** @description The chains that it is in. */
            chains: string[];
            /** Format: int64 */
            completion_tokens: number;
            configured: boolean;
            /**
             * Format: int64
             * @description Cost of the last 24 hours in millionths of the vendor's currency, where prices are configured.
             */
            cost_micros: number;
            host: string;
            last_failure?: string | null;
            last_failure_at?: components["schemas"]["Time"] | null;
            last_success_at?: components["schemas"]["Time"] | null;
            /** @description Its limits and what of them is used; `null` is no limit. */
            limits: Record<string, never>;
            /** @description The state in words, with what to do. */
            message: string;
            model: string;
            name: string;
            /**
             * Format: int64
             * @description Tokens of the last 24 hours.
             */
            prompt_tokens: number;
            /** @description The classes of data that it may see. */
            sees: string[];
            /**
             * @description `not_configured`, `closed` (it may be asked), `open` (not before `until`), `half_open` (one probe is out),
             *     `disabled` (its next probe is at `until`).
             */
            state: string;
            title: string;
            until?: components["schemas"]["Time"] | null;
            used: Record<string, never>;
        };
        /** @description The state of everything that writes. */
        ProvidersAnswer: {
            /** @description For the assistant. */
            assistant: components["schemas"]["ChainAnswer"];
            items: components["schemas"]["ProviderAnswer"][];
            /** @description For messages, answers to people and the meaning of replies. */
            outreach: components["schemas"]["ChainAnswer"];
            /** @description `written`: free text with slots for facts; `composed`: approved blocks in an order. */
            writing: string;
        };
        /** @description How far a login by QR code is. */
        QrAnswer: {
            /** @description The owner's reminder of the password. */
            hint?: string | null;
            /** @description `waiting`, `done` or `password_needed`. */
            status: string;
            /** @description What to show as a QR code while waiting. */
            url?: string | null;
        };
        /** @description What must be there to work. */
        Ready: {
            /** @description `ok`: it answers. */
            database: string;
            /** @description `ok`: the schema is the present one. */
            migrations: string;
            /** @description `ready`. */
            status: string;
        };
        /** @description How many people a reason holds for. */
        ReasonCount: {
            /** Format: int64 */
            count: number;
            /** @description By name: `no_consent`, `opted_out`, `privacy_restricted` and the like. */
            reason: string;
            /** @description In words. */
            text: string;
        };
        /** @description The product that fits, and why. */
        RecommendAnswer: {
            /** @description What fits next. */
            alternatives: components["schemas"]["ScoredProduct"][];
            product: components["schemas"]["RecommendedProduct"];
            /** @description Who thought of it: `offline` without a provider. */
            provider: string;
            /** @description Why, in words. */
            reasons: string[];
            /** Format: int64 */
            score: number;
            /** @description The recommendation in a sentence or two. */
            text: string;
        };
        /** @description A product in short. */
        RecommendedProduct: {
            description: string;
            /** Format: int64 */
            id: number;
            link: string;
            name: string;
        };
        /** @description Money to be given back. */
        RefundInput: {
            /**
             * Format: int64
             * @description Everything that is left when it is left out.
             * @default null
             */
            amount_minor?: number | null;
            /** @default null */
            method?: components["schemas"]["PaymentMethod"] | null;
            /** @default null */
            notes?: string | null;
            /** @default null */
            number?: string | null;
            /** @default null */
            paid_at?: components["schemas"]["Time"] | null;
        };
        /** @description With how many people to rehearse. */
        RehearsalInput: {
            /**
             * Format: int32
             * @description Copies of the campaign's first people.
             * @default 20
             */
            people?: number | null;
        };
        /** @description Which drafts nobody wants. */
        RejectInput: {
            outbox_ids: components["schemas"]["RowId"][];
        };
        /** @description How many drafts were rejected. */
        Rejected: {
            /** Format: int64 */
            campaign_id: number;
            /** Format: int64 */
            rejected: number;
        };
        /**
         * @description What a reply means. Several may hold at once; `OptOut` wins over all.
         * @enum {string}
         */
        ReplyClass: "price_rate" | "already_have" | "no_need" | "no_trust" | "think_later" | "bad_experience" | "ask_consultant" | "fear_of_debt" | "who_are_you" | "opt_out" | "interest" | "question" | "other";
        /** @description Money of a period. */
        RevenueView: {
            average?: components["schemas"]["Money"] | null;
            /** @description Payments less refunds. */
            net: components["schemas"]["Money"];
            paid: components["schemas"]["Money"];
            /**
             * Format: int64
             * @description Completed payments.
             */
            payments: number;
            refunded: components["schemas"]["Money"];
        };
        /** @description Why consent ends. */
        RevocationInput: {
            evidence?: string | null;
        };
        /** Format: int64 */
        RowId: number;
        /** @description A row that was not taken. */
        RowProblem: {
            /** @description The column, or the field when it is not in the file. */
            field: string;
            message: string;
            /**
             * Format: int32
             * @description As a person counts: the header is row 1.
             */
            row: number;
            value: string;
        };
        /** @description What a person would read. The message itself is written anew, so its words may differ. */
        Sample: {
            /** Format: int64 */
            contact_id: number;
            contact_name: string;
            /** @description The facts that it tells and the approved blocks that it uses. */
            facts?: Record<string, never> | null;
            /** @description Who wrote it: a provider, `offline` or `template`. */
            provider?: string | null;
            /** @description Why there is no text: `no_product`, `not_grounded`, `empty_text`, `too_long`. */
            reason?: string | null;
            /** @description The same in words. */
            reason_text?: string | null;
            text?: string | null;
        };
        /**
         * @description What a token may do.
         * @enum {string}
         */
        Scope: "read" | "write" | "admin";
        /** @description A product with its score. */
        ScoredProduct: {
            product: string;
            /** Format: int64 */
            product_id: number;
            reasons: string[];
            /** Format: int64 */
            score: number;
        };
        /** @description Contacts by what they are: all that fit. */
        Segment: {
            consent?: components["schemas"]["ConsentBasis"] | null;
            /**
             * Format: int64
             * @description Members of this group.
             */
            group_id?: number | null;
            /**
             * Format: date-time
             * @description Nobody wrote in their dialogs since this moment.
             */
            not_contacted_since?: string | null;
            /** @description Only those who said stop, or only those who did not. */
            opted_out?: boolean | null;
            /** @description Part of the name, the beginning of the phone or of the username. */
            search?: string | null;
            source?: components["schemas"]["ContactSource"] | null;
            stage?: components["schemas"]["FunnelStage"] | null;
            status?: components["schemas"]["ContactStatus"] | null;
            tag?: string | null;
        };
        /** @description What an operator sends. */
        SendInput: {
            /** Format: int64 */
            contact_id: number;
            text: string;
        };
        /** @description What is offered. */
        Service: {
            active: boolean;
            /**
             * Format: int32
             * @description Usual seats of a session.
             */
            capacity?: number | null;
            category?: string | null;
            created_at: components["schemas"]["Time"];
            description?: string | null;
            /** @description Code of a direction. */
            direction?: string | null;
            /** Format: int32 */
            duration_minutes: number;
            /** Format: int64 */
            id: number;
            name: string;
            /**
             * Format: int32
             * @description As a subscription: its days; null: not sold as one.
             */
            period_days?: number | null;
            /** @description Of one visit, or of the subscription. */
            price: components["schemas"]["Money"];
            updated_at: components["schemas"]["Time"];
            /**
             * Format: int32
             * @description As a subscription: its visits; null: any number.
             */
            visits?: number | null;
        };
        /** @description A change of a service. */
        ServiceChange: {
            /** @default null */
            active?: boolean | null;
            /**
             * Format: int32
             * @default null
             */
            capacity?: number | null;
            /** @default null */
            category?: string | null;
            /** @default null */
            description?: string | null;
            /**
             * @description Code of a direction.
             * @default null
             */
            direction?: string | null;
            /**
             * Format: int32
             * @default null
             */
            duration_minutes?: number | null;
            /** @default null */
            name?: string | null;
            /**
             * Format: int32
             * @default null
             */
            period_days?: number | null;
            /**
             * Format: int64
             * @description In minor units.
             * @default null
             */
            price_minor?: number | null;
            /**
             * Format: int32
             * @default null
             */
            visits?: number | null;
        };
        /** @description A service to be written. */
        ServiceInput: {
            /** @description Still offered; true when it is left out. */
            active?: boolean | null;
            /** Format: int32 */
            capacity?: number | null;
            category?: string | null;
            description?: string | null;
            /** @description Code of a direction. */
            direction?: string | null;
            /** Format: int32 */
            duration_minutes: number;
            name: string;
            /** Format: int32 */
            period_days?: number | null;
            /**
             * Format: int64
             * @description In minor units.
             */
            price_minor: number;
            /** Format: int32 */
            visits?: number | null;
        };
        /** @description A session. */
        Session: {
            cancel_reason?: string | null;
            /** Format: int32 */
            capacity: number;
            created_at: components["schemas"]["Time"];
            /** @description Business day of the beginning. */
            day: components["schemas"]["Date"];
            ends_at: components["schemas"]["Time"];
            /** Format: int64 */
            id: number;
            notes?: string | null;
            place?: components["schemas"]["Named"] | null;
            /** @description Of one visit. */
            price: components["schemas"]["Money"];
            /** Format: int32 */
            seats_free: number;
            /** Format: int32 */
            seats_taken: number;
            /**
             * Format: int64
             * @description The first session of its weekly series.
             */
            series_id?: number | null;
            service?: components["schemas"]["Named"] | null;
            staff?: components["schemas"]["Named"] | null;
            starts_at: components["schemas"]["Time"];
            status: components["schemas"]["SessionStatus"];
            updated_at: components["schemas"]["Time"];
        };
        /** @description A change of a session: what is left out stays, `null` empties. */
        SessionChange: {
            /**
             * Format: int32
             * @default null
             */
            capacity?: number | null;
            /** @default null */
            ends_at?: components["schemas"]["Time"] | null;
            /** @default null */
            notes?: string | null;
            /**
             * @description Tell those who are booked when time, place or trainer change.
             * @default false
             */
            notify?: boolean;
            /**
             * Format: int64
             * @default null
             */
            place_id?: number | null;
            /**
             * Format: int64
             * @default null
             */
            price_minor?: number | null;
            /**
             * Format: int64
             * @default null
             */
            service_id?: number | null;
            /**
             * Format: int64
             * @default null
             */
            staff_id?: number | null;
            /** @default null */
            starts_at?: components["schemas"]["Time"] | null;
        };
        /** @description A session to be made. */
        SessionInput: {
            /** Format: int32 */
            capacity?: number | null;
            ends_at?: components["schemas"]["Time"] | null;
            notes?: string | null;
            /** Format: int64 */
            place_id?: number | null;
            /**
             * Format: int64
             * @description Of one visit, in minor units; the service's when it is left out.
             */
            price_minor?: number | null;
            repeat_until?: components["schemas"]["Date"] | null;
            /** Format: int64 */
            service_id: number;
            /** Format: int64 */
            staff_id?: number | null;
            /** @description A whole minute. */
            starts_at: components["schemas"]["Time"];
        };
        /** @enum {string} */
        SessionStatus: "scheduled" | "cancelled";
        /** @description Somebody who is not written to. */
        Skipped: {
            /** Format: int64 */
            contact_id: number;
            /** @description `no_consent`, `opted_out`, `recently_contacted`, `no_telegram`, `duplicate`, `inactive` and the like. */
            reason: string;
        };
        /** @description Where figures come from. */
        SourceView: {
            /** @description How it is counted. */
            definition: string;
            period?: components["schemas"]["PeriodView"] | null;
            tool: string;
        };
        /** @description A trainer or another member of the team who holds sessions. */
        Staff: {
            active: boolean;
            created_at: components["schemas"]["Time"];
            /** @description Codes of directions. */
            directions: string[];
            /** @description Empty: not said. */
            hours: components["schemas"]["WorkingHours"][];
            /** Format: int64 */
            id: number;
            name: string;
            notes?: string | null;
            /** @description E.164. */
            phone?: string | null;
            position?: string | null;
            updated_at: components["schemas"]["Time"];
        };
        /** @description A change of a member of the staff. `directions` and `hours` are given whole. */
        StaffChange: {
            /** @default null */
            active?: boolean | null;
            /**
             * @description Codes of directions.
             * @default null
             */
            directions?: string[] | null;
            /** @default null */
            hours?: components["schemas"]["WorkingHours"][] | null;
            /** @default null */
            name?: string | null;
            /** @default null */
            notes?: string | null;
            /**
             * @description In any usual form.
             * @default null
             */
            phone?: string | null;
            /** @default null */
            position?: string | null;
        };
        /** @description A member of the staff to be written. */
        StaffInput: {
            /** @description Works here; true when it is left out. */
            active?: boolean | null;
            /** @description Codes of directions. */
            directions?: string[] | null;
            hours?: components["schemas"]["WorkingHours"][] | null;
            name: string;
            notes?: string | null;
            /** @description In any usual form. */
            phone?: string | null;
            position?: string | null;
        };
        /** @description Where to move a contact. */
        StageInput: {
            /**
             * Format: int64
             * @description The contact's message that caused it.
             */
            message_id?: number | null;
            reason?: components["schemas"]["LostWord"] | null;
            /** @description `new` and `opted_out` cannot be set by hand. */
            stage: components["schemas"]["FunnelStage"];
        };
        /** @description A move of a contact in the funnel. */
        StageMove: {
            /** Format: int64 */
            campaign_id?: number | null;
            created_at: components["schemas"]["Time"];
            from: components["schemas"]["FunnelStage"];
            /** Format: int64 */
            id: number;
            /**
             * Format: int64
             * @description The message that caused it.
             */
            message_id?: number | null;
            /** @description A person of the team; `alfa`: the product did; `contact`: by writing. */
            moved_by: string;
            /** @description Why the person was lost. */
            reason?: string | null;
            to: components["schemas"]["FunnelStage"];
        };
        /**
         * @description How a subscription stands today.
         * @enum {string}
         */
        Standing: "upcoming" | "active" | "frozen" | "ended" | "cancelled";
        /** @description The standard snapshot. Money is in whole minor units, and absent for who may not see it. */
        StatsAnswer: {
            /** Format: int64 */
            active_clients: number;
            /** Format: int64 */
            available_slots_today: number;
            currency?: string | null;
            formatted?: Record<string, never> | null;
            /** Format: int64 */
            new_clients_month: number;
            /** Format: int64 */
            new_clients_today: number;
            /** Format: int64 */
            new_clients_week: number;
            /** Format: int64 */
            revenue_month?: number | null;
            /** Format: int64 */
            revenue_today?: number | null;
            /** Format: int64 */
            revenue_week?: number | null;
            /** Format: int64 */
            today_bookings: number;
            /** Format: int64 */
            total_clients: number;
        };
        /** @description What became of a booking. */
        StatusInput: {
            /** @description Tell the client of a cancellation. */
            notify?: boolean | null;
            reason?: string | null;
            status: components["schemas"]["BookingStatus"];
        };
        /** @description An event of the stream. */
        StreamEvent: {
            /** @description JSON: of `delta` `{"text": …}`, of `done` the whole answer. */
            data: string;
            /** @description `start`, `delta`, `done` or `error`. */
            event: string;
        };
        /** @description A subscription. */
        Subscription: {
            cancelled_at?: components["schemas"]["Time"] | null;
            client?: components["schemas"]["NamedClient"] | null;
            created_at: components["schemas"]["Time"];
            /** @description The last day that counts. */
            ends_on: components["schemas"]["Date"];
            freezes: components["schemas"]["Freeze"][];
            /** Format: int64 */
            id: number;
            notes?: string | null;
            number?: string | null;
            /** @description What is not paid yet; 0 when it is cancelled. */
            owed: components["schemas"]["Money"];
            paid: components["schemas"]["Money"];
            price: components["schemas"]["Money"];
            service?: components["schemas"]["Named"] | null;
            /** @description As it stands today. */
            standing: components["schemas"]["Standing"];
            starts_on: components["schemas"]["Date"];
            /** @description As it was sold. */
            status: components["schemas"]["SubscriptionStatus"];
            updated_at: components["schemas"]["Time"];
            /** Format: int32 */
            visits_left?: number | null;
            /**
             * Format: int32
             * @description Null: any number.
             */
            visits_total?: number | null;
        };
        /** @description A change of a subscription: what is left out stays, `null` empties. */
        SubscriptionChange: {
            /** @default null */
            ends_on?: components["schemas"]["Date"] | null;
            /** @default null */
            notes?: string | null;
            /** @default null */
            number?: string | null;
            /**
             * Format: int64
             * @default null
             */
            price_minor?: number | null;
            /**
             * Format: int32
             * @default null
             */
            visits_left?: number | null;
        };
        /** @description A subscription to be sold. */
        SubscriptionInput: {
            /** Format: int64 */
            client_id: number;
            ends_on?: components["schemas"]["Date"] | null;
            notes?: string | null;
            number?: string | null;
            /** Format: int64 */
            price_minor?: number | null;
            /**
             * Format: int64
             * @description What is sold; its days, visits and price are used where the body says none.
             */
            service_id?: number | null;
            starts_on?: components["schemas"]["Date"] | null;
            /** Format: int32 */
            visits?: number | null;
        };
        /** @enum {string} */
        SubscriptionStatus: "active" | "cancelled";
        /** @description A suggested answer. */
        Suggestion: {
            /** @description What the person's words were taken for. */
            category?: string | null;
            /**
             * Format: float
             * @description How sure that is, 0 to 1.
             */
            confidence: number;
            /** @description The facts that the answer tells. */
            facts: Record<string, never>[];
            /** @description Who wrote it: a provider or `offline`. */
            provider: string;
            text: string;
        };
        /** @description The summary. Weeks begin on Monday, months on the 1st; days are of the business's time zone. */
        Summary: {
            /** Format: int64 */
            active_clients: number;
            as_of: components["schemas"]["Time"];
            /**
             * Format: int64
             * @description Free seats in today's sessions that have not begun.
             */
            available_slots_today: number;
            clients_by_status: {
                [key: string]: number;
            };
            debt: components["schemas"]["Money"];
            /** @description Clients who owe something. */
            debtors: number;
            /** Format: int64 */
            new_clients_month: number;
            /** Format: int64 */
            new_clients_today: number;
            /** Format: int64 */
            new_clients_week: number;
            /** @description The last 30 days, today included, each of them. */
            revenue_by_day: components["schemas"]["DayRevenue"][];
            revenue_month: components["schemas"]["RevenueView"];
            revenue_today: components["schemas"]["RevenueView"];
            revenue_week: components["schemas"]["RevenueView"];
            /** @description IANA name. */
            timezone: string;
            today: components["schemas"]["Date"];
            /**
             * Format: int64
             * @description Not cancelled.
             */
            today_bookings: number;
            /** @description Today's bookings of every status. */
            today_bookings_by_status: {
                [key: string]: number;
            };
            /**
             * Format: int64
             * @description Of every status.
             */
            total_clients: number;
        };
        /** @description How many dialogs each tab of the inbox holds. */
        TabCounts: {
            /** Format: int64 */
            ai: number;
            /** Format: int64 */
            all: number;
            /** Format: int64 */
            closed: number;
            /** Format: int64 */
            human: number;
            /** Format: int64 */
            unread: number;
        };
        /**
         * @description A tab of the inbox.
         * @enum {string}
         */
        TabName: "all" | "unread" | "human" | "ai" | "closed";
        /** @description What an import did. */
        TableReport: {
            created: number;
            dry_run: boolean;
            /** @description The first 500. */
            errors: components["schemas"]["RowProblem"][];
            /** @description Columns of the file that mean nothing here. */
            ignored_columns: string[];
            skipped: number;
            total: number;
            /** @description Was there already. */
            unchanged: number;
        };
        /** @description A tag in use. */
        TagCount: {
            /**
             * Format: int64
             * @description Contacts that have it.
             */
            count: number;
            tag: string;
        };
        Templates: string | string[];
        /** @description How a test went. */
        TestAnswer: {
            /** @description Why there was no answer, as a word. */
            cause?: string | null;
            /**
             * Format: int64
             * @description Milliseconds to the whole answer.
             */
            latency_ms?: number | null;
            /** @description In words, with what to do. */
            message: string;
            model?: string | null;
            ok: boolean;
            provider: string;
        };
        /** Format: date-time */
        Time: string;
        /** @description What happened on a day, or in an hour of the day. */
        TimeFigures: {
            /** @description The day (`2026-11-01`), or the hour of the day (`0` to `23`), of the business. */
            at: string;
            /**
             * Format: int64
             * @description One tick: Telegram's server took the message. It tells that when the message leaves.
             */
            delivered: number;
            /**
             * Format: int64
             * @description People who said stop.
             */
            opted_out: number;
            /**
             * Format: int64
             * @description Two ticks.
             */
            read: number;
            /**
             * Format: int64
             * @description First answers.
             */
            replied: number;
            /**
             * Format: int64
             * @description First messages that left.
             */
            sent: number;
        };
        /** @description A token, without its text. */
        Token: {
            created_at: components["schemas"]["Time"];
            /** Format: int64 */
            id: number;
            last_used_at?: components["schemas"]["Time"] | null;
            name: string;
            revoked_at?: components["schemas"]["Time"] | null;
            scope: components["schemas"]["Scope"];
        };
        /** @description A new token. */
        TokenInput: {
            /** @description What it is for. */
            name: string;
            scope?: components["schemas"]["Scope"] | null;
        };
        /** @description A tool that was asked. */
        ToolUse: {
            arguments: Record<string, never>;
            name: string;
        };
        /** @description Something said before. */
        TurnInput: {
            content: string;
            role: components["schemas"]["TurnRole"];
        };
        /**
         * @description Who said it.
         * @enum {string}
         */
        TurnRole: "user" | "assistant" | "system";
        /** @description What an undoing did. */
        UndoReport: {
            /**
             * Format: int64
             * @description Contacts that the upload had made and that are gone.
             */
            deleted: number;
            /** @description Contacts that stay, because they were written to since. */
            kept: number[];
            /**
             * Format: int64
             * @description Contacts that are as they were before.
             */
            restored: number;
        };
        /**
         * @description The unit of a value.
         * @enum {string}
         */
        UnitWord: "percent" | "percent_per_year" | "RUB" | "RUB_per_month" | "RUB_per_year" | "day" | "month" | "minute" | "piece" | "text";
        /** @description The form. */
        UploadForm: {
            background?: boolean | null;
            /**
             * @description A JSON object of column number from 0 → field, `"extra"` (keep it under its header) or null (leave it out), as
             *     chosen after POST /api/imports/preview. Columns that are not named stay as Alfa matches them.
             */
            columns?: string | null;
            consent?: components["schemas"]["ConsentBasis"] | null;
            /** @description ISO 3166 code of the country of phones without a code. */
            country?: string | null;
            /** @description Report without writing. */
            dry_run?: boolean | null;
            /**
             * Format: binary
             * @description CSV, XLSX, TXT or vCard.
             */
            file: string;
            /** @description A JSON object of column → field, where the headers do not tell. */
            mapping?: string | null;
            /** @description Sheet of a workbook, by name or number from 1. */
            sheet?: string | null;
        };
        /** @description An upload that is imported in the background. */
        UploadJob: components["schemas"]["Job"] & {
            /** Format: int64 */
            import_id: number;
        };
        /** @description A user. */
        UserAnswer: {
            /** Format: int64 */
            id: number;
            name: string;
            role: string;
        };
        /** @description What one text of an A/B test brought. */
        VariantFigures: {
            /** Format: int64 */
            opted_out: number;
            /** Format: int64 */
            read: number;
            /**
             * Format: double
             * @description Read of the sent, 0 to 1.
             */
            read_rate: number;
            /** Format: int64 */
            replied: number;
            /**
             * Format: double
             * @description Answered of the sent, 0 to 1.
             */
            reply_rate: number;
            /** Format: int64 */
            sent: number;
            /**
             * Format: int64
             * @description People who get it.
             */
            total: number;
            /** @description The template, from 0 in the order of `message_templates`. */
            variant: number;
        };
        /** @description What a text may not say. */
        ViolationAnswer: {
            /** @description Where it ends; this character is not in it. */
            end: number;
            kind: string;
            /** @description In words. */
            message: string;
            /** @description Where it begins, in characters. */
            start: number;
        };
        /** @description A client who waits for a seat. */
        Waiting: {
            client?: components["schemas"]["NamedClient"] | null;
            created_at: components["schemas"]["Time"];
            /**
             * Format: int64
             * @description 1 is the next to get a seat.
             */
            position: number;
            /** Format: int64 */
            session_id: number;
        };
        /** @description Something that people of a campaign wait for. */
        WaitingFor: {
            /** Format: int64 */
            account_id?: number | null;
            /** @description `no_account`, `approval`, `quiet_hours`, `lookups_limited`, `daily_budget`, or `account_` with the account's state. */
            reason: string;
            /** @description The same in words. */
            text: string;
            until?: components["schemas"]["Time"] | null;
        };
        /**
         * @description A stretch of time in which somebody works, in the business's time zone: it begins on the weekday, and may end on the
         *     next day.
         */
        WorkingHours: {
            /**
             * Format: int32
             * @description Minutes from midnight.
             */
            from_minute: number;
            /**
             * Format: int32
             * @description Minutes from midnight; below `from_minute`: of the next day.
             */
            to_minute: number;
            /**
             * Format: int32
             * @description 1 is Monday, 7 is Sunday.
             */
            weekday: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
