// A job that needs a while: queued first, then in progress, then done.
const stages = ['QUEUED', 'IN_PROGRESS', 'IN_PROGRESS', 'COMPLETED'];
let asked = 0;

exports['transcribe:startTranscriptionJob'] = ({ TranscriptionJobName }) => ({
  TranscriptionJob: { TranscriptionJobName, TranscriptionJobStatus: 'QUEUED' },
});

exports['transcribe:getTranscriptionJob'] = ({ TranscriptionJobName }) => {
  const TranscriptionJobStatus = stages[Math.min(asked, stages.length - 1)];
  asked += 1;
  console.log('asked', asked, 'times:', TranscriptionJobStatus);
  const Transcript = { TranscriptFileUri: `s3://transcripts/${TranscriptionJobName}.json` };
  const job = { TranscriptionJobName, TranscriptionJobStatus };
  return { TranscriptionJob: TranscriptionJobStatus === 'COMPLETED' ? { ...job, Transcript } : job };
};
