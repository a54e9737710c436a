const tables = { players: [], 'finished-games': [] };

exports['s3:putObject'] = async ({ Bucket, Key, Body }) => {
  console.log(`s3://${Bucket}/${Key}: ${Body}`);
  return { ETag: '"9b2cf535f27731c9"' };
};

exports['dynamodb:putItem'] = async ({ TableName, Item }) => {
  tables[TableName].push(Item);
  return {};
};

exports['dynamodb:updateItem'] = async ({ TableName, Key }) => {
  tables[TableName].push(Key);
  return {};
};

exports['cloudwatch:putMetricData'] = async ({ Namespace, MetricData }) => {
  for (const { MetricName, Value, Unit } of MetricData) console.log(Namespace, MetricName, Value, Unit);
  return {};
};
