using PerfAssert.Clients.Http;
using PerfAssert.Clients.Tensors;

namespace PerfAssert.Clients.TensorFlowServing;

/// <summary>Writes predictions as the REST API takes them: one input without its name, several by their names.</summary>
internal static class PredictBody
{
    public static BodyContent Write(PredictRequest predict)
    {
        using var body = new JsonBody();
        body.Text("signature_name", predict.Signature);
        if (predict.Columns)
        {
            Columns(body, predict.Inputs);
        }
        else
        {
            Rows(body, predict.Inputs);
        }

        return body.ToContent();
    }

    private static void Columns(JsonBody body, IReadOnlyList<Tensor> inputs)
    {
        body.Writer.WritePropertyName("inputs");
        if (inputs.Count == 1)
        {
            TensorJson.WriteNested(body.Writer, inputs[0]);
            return;
        }

        body.Writer.WriteStartObject();
        foreach (var input in inputs)
        {
            body.Writer.WritePropertyName(input.Name);
            TensorJson.WriteNested(body.Writer, input);
        }

        body.Writer.WriteEndObject();
    }

    private static void Rows(JsonBody body, IReadOnlyList<Tensor> inputs)
    {
        var rows = inputs[0].Shape is [var first, ..] ? first : 0;
        if (inputs.Any(input => input.Shape.Count == 0 || input.Shape[0] != rows))
        {
            throw new ArgumentException("Inputs sent by rows share their first dimension, the batch. Set Columns = true for other inputs.");
        }

        var texts = inputs.Select(TensorJson.TextsOf).ToArray();
        body.Writer.WriteStartArray("instances");
        for (var row = 0L; row < rows; row++)
        {
            if (inputs.Count == 1)
            {
                TensorJson.WriteItem(body.Writer, inputs[0], texts[0], row);
                continue;
            }

            body.Writer.WriteStartObject();
            foreach (var (input, own) in inputs.Zip(texts))
            {
                body.Writer.WritePropertyName(input.Name);
                TensorJson.WriteItem(body.Writer, input, own, row);
            }

            body.Writer.WriteEndObject();
        }

        body.Writer.WriteEndArray();
    }
}
