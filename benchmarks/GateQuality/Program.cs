using GateQuality;

return await QualityCommand.InvokeAsync(args);
