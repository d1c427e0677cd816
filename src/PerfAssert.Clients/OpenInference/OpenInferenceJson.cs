using System.Text.Json;
using PerfAssert.Clients.Http;
using PerfAssert.Clients.Tensors;

namespace PerfAssert.Clients.OpenInference;

/// <summary>Writes the JSON of a request: all of it, or the part that stands before raw tensors.</summary>
internal static class OpenInferenceJson
{
    public static PooledBuffer Write(InferRequest infer, TensorEncoding encoding)
    {
        using var body = new JsonBody();
        var json = body.Writer;
        json.WriteStartArray("inputs");
        foreach (var input in infer.Inputs)
        {
            json.WriteStartObject();
            json.WriteString("name", input.Name);
            json.WriteString("datatype", input.Type.Name());
            json.WriteStartArray("shape");
            foreach (var length in input.Shape)
            {
                json.WriteNumberValue(length);
            }

            json.WriteEndArray();
            if (encoding == TensorEncoding.Raw)
            {
                json.WriteStartObject("parameters");
                json.WriteNumber("binary_data_size", input.Data.Length);
                json.WriteEndObject();
            }
            else
            {
                json.WritePropertyName("data");
                TensorJson.WriteFlat(json, input);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        Outputs(json, infer, encoding == TensorEncoding.Raw);
        return body.Close();
    }

    private static void Outputs(Utf8JsonWriter json, InferRequest infer, bool raw)
    {
        if (infer.Outputs.Count > 0)
        {
            json.WriteStartArray("outputs");
            foreach (var output in infer.Outputs)
            {
                json.WriteStartObject();
                json.WriteString("name", output);
                if (raw)
                {
                    json.WriteStartObject("parameters");
                    json.WriteBoolean("binary_data", true);
                    json.WriteEndObject();
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
        else if (raw)
        {
            json.WriteStartObject("parameters");
            json.WriteBoolean("binary_data_output", true);
            json.WriteEndObject();
        }
    }
}
