namespace PerfAssert.Clients.Tests.OpenAI;

/// <summary>Streams in the shapes that servers send.</summary>
internal static class Recorded
{
    /// <summary>llama.cpp: a role-only chunk, contents, an empty delta with the finish reason, usage and timings, the end mark.</summary>
    public const string LlamaCpp = """
        data: {"choices":[{"finish_reason":null,"index":0,"delta":{"role":"assistant","content":null}}],"created":1763990000,"id":"chatcmpl-x","model":"tiny","object":"chat.completion.chunk"}

        data: {"choices":[{"finish_reason":null,"index":0,"delta":{"content":"Hello"}}],"created":1763990000,"id":"chatcmpl-x","model":"tiny","object":"chat.completion.chunk"}

        data: {"choices":[{"finish_reason":null,"index":0,"delta":{"content":" wörld \"quoted\""}}],"created":1763990000,"id":"chatcmpl-x","model":"tiny","object":"chat.completion.chunk"}

        data: {"choices":[{"finish_reason":null,"index":0,"delta":{"content":" more"}}],"created":1763990000,"id":"chatcmpl-x","model":"tiny","object":"chat.completion.chunk"}

        data: {"choices":[{"finish_reason":null,"index":0,"delta":{"content":" \u00e4\n"}}],"created":1763990001,"id":"chatcmpl-x","model":"tiny","object":"chat.completion.chunk"}

        data: {"choices":[{"finish_reason":"length","index":0,"delta":{}}],"created":1763990001,"id":"chatcmpl-x","model":"tiny","object":"chat.completion.chunk"}

        data: {"choices":[],"created":1763990001,"id":"chatcmpl-x","model":"tiny","object":"chat.completion.chunk","usage":{"completion_tokens":5,"prompt_tokens":23,"total_tokens":28,"prompt_tokens_details":{"cached_tokens":3}},"timings":{"cache_n":3,"prompt_n":20,"prompt_ms":5.5,"prompt_per_token_ms":0.27,"predicted_n":5,"predicted_ms":1.25,"predicted_per_token_ms":0.31}}

        data: [DONE]


        """;

    /// <summary>vLLM: an empty string for the role-only chunk, reasoning before content, comments, usage and its own metrics.</summary>
    public const string Vllm = """
        : ping

        data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}],"usage":null}

        data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"reasoning_content":"Hmm"},"logprobs":null,"finish_reason":null}],"usage":null}

        : ping

        data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"Yes"},"logprobs":null,"finish_reason":null}],"usage":null}

        data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"."},"logprobs":null,"finish_reason":"stop","stop_reason":null}],"usage":null}

        data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[],"usage":{"prompt_tokens":9,"total_tokens":12,"completion_tokens":3},"metrics":{"time_to_first_token_ms":12.5,"generation_time_ms":30.0,"queue_time_ms":2.0,"mean_itl_ms":8.7,"tokens_per_second":66.7}}

        data: [DONE]


        """;

    /// <summary>vLLM of late 2025: reasoning under its new name and its old one in the same delta.</summary>
    public const string ReasoningTwice = """
        data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}],"usage":null}

        data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"reasoning":"Hm","reasoning_content":"Hm"},"logprobs":null,"finish_reason":null}],"usage":null}

        data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"reasoning":"mm","reasoning_content":"mm"},"logprobs":null,"finish_reason":null}],"usage":null}

        data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"reasoning_content":".","reasoning":"."},"logprobs":null,"finish_reason":null}],"usage":null}

        data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"Yes"},"logprobs":null,"finish_reason":"stop"}],"usage":null}

        data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[],"usage":{"prompt_tokens":9,"total_tokens":13,"completion_tokens":4}}

        data: [DONE]


        """;

    public const string Completion = """
        data: {"id":"c","object":"text_completion","created":1,"model":"m","choices":[{"text":" once","index":0,"logprobs":null,"finish_reason":null}]}

        data: {"id":"c","object":"text_completion","created":1,"model":"m","choices":[{"text":" upon","index":0,"logprobs":null,"finish_reason":null}]}

        data: {"id":"c","object":"text_completion","created":1,"model":"m","choices":[{"text":"","index":0,"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":2,"completion_tokens":2,"total_tokens":4}}

        data: [DONE]


        """;

    /// <summary>A call of a tool, in pieces.</summary>
    public const string ToolCall = """
        data: {"id":"c","choices":[{"index":0,"delta":{"role":"assistant","content":null,"tool_calls":[{"index":0,"id":"t","type":"function","function":{"name":"f","arguments":""}}]},"finish_reason":null}]}

        data: {"id":"c","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{}"}}]},"finish_reason":null}]}

        data: {"id":"c","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}

        data: [DONE]


        """;
}
