using PerfAssert.Clients.Http;

namespace PerfAssert.Clients.OpenAI;

/// <summary>Request bodies. <c>ignore_eos</c> and <c>min_tokens</c> are vLLM's, llama.cpp's and the simulators' way to pin a length.</summary>
internal static class OpenAIBody
{
    public static BodyContent Chat(string model, ChatRequest chat)
    {
        using var body = new JsonBody(chat.Extra);
        body.Text("model", model);
        body.Messages(chat.Messages);
        return Generation(body, chat);
    }

    public static BodyContent Completion(string model, PromptRequest prompt)
    {
        using var body = new JsonBody(prompt.Extra);
        body.Text("model", model);
        body.Text("prompt", prompt.Prompt);
        return Generation(body, prompt);
    }

    public static BodyContent Embedding(string model, EmbeddingRequest embedding)
    {
        using var body = new JsonBody(embedding.Extra);
        body.Text("model", model);
        if (body.Starts("input"))
        {
            body.Writer.WriteStartArray();
            foreach (var text in embedding.Inputs)
            {
                body.Writer.WriteStringValue(text);
            }

            body.Writer.WriteEndArray();
        }

        return body.ToContent();
    }

    private static BodyContent Generation(JsonBody body, GenerationRequest asked)
    {
        body.Number("max_tokens", asked.TokenLimit);
        if (asked.OutputTokens is { } pinned)
        {
            body.Number("min_tokens", pinned);
            body.Flag("ignore_eos", true);
        }

        body.Number("temperature", asked.Temperature);
        body.Number("seed", asked.Seed);
        body.Flag("stream", asked.Stream);
        if (asked.Stream && body.OpensObject("stream_options"))
        {
            body.Flag("include_usage", true);
            body.CloseObject();
        }

        return body.ToContent();
    }
}
