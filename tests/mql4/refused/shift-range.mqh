#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
ulong F(void)
  {
   return((ulong)(1<<40));
  }
#endif
// refused: shift-range at 5:20
